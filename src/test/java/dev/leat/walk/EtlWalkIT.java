package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.EtlStep;
import dev.leat.settings.FormatKind;
import dev.leat.settings.OnRowError;
import dev.leat.settings.Phase;
import dev.leat.settings.TableEtl;
import dev.leat.sync.TableProgress;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** ETL on the whole road: what was copied and what was changed come out alike. */
class EtlWalkIT {

    private static final List<TableEtl> ETL = List.of(new TableEtl(
            "public",
            "orders",
            List.of(
                    new EtlStep.DropIf("status == 'test'"),
                    new EtlStep.Set("total", "qty * price"),
                    new EtlStep.Set("big", "qty > 5"),
                    new EtlStep.Set("op", "meta.operation"),
                    new EtlStep.Mask("phone", 3, 4, null, null, null),
                    new EtlStep.Script("script:e_set(`region`, str_upper(`region`))"),
                    new EtlStep.Rename("note", "remark"),
                    new EtlStep.Remove("secret")),
            null));

    private static Database orders() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, qty int, price numeric(10,2), status text, phone varchar(20),"
                        + " region text, note text, secret text)",
                "ALTER TABLE orders REPLICA IDENTITY FULL",
                "INSERT INTO orders VALUES (1, 3, 2.50, 'paid', '13800001234', 'north', 'a\tb', 's'),"
                        + " (2, 9, 1.10, 'test', '13800005678', 'east', NULL, 's'),"
                        + " (3, NULL, 1.10, NULL, NULL, NULL, NULL, 's')");
        return source;
    }

    private static void change(Database source) {
        source.execute(
                "INSERT INTO orders VALUES (4, 3, 2.50, 'paid', '13800001234', 'north', 'a\tb', 's'),"
                        + " (5, 9, 1.10, 'test', '13800005678', 'east', NULL, 's')",
                "UPDATE orders SET phone = '13900009876', qty = 7 WHERE id = 1",
                "UPDATE orders SET note = 'never seen' WHERE id = 2",
                "DELETE FROM orders WHERE id IN (2, 3)");
    }

    @Test
    void copiedAndChangedRowsComeOutAlike() {
        Database source = orders();
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class), ETL)) {
            walk.start();
            walk.follows();
            change(source);
            await().atMost(Duration.ofSeconds(60)).until(() -> records(walk).size() >= 5);
            assertThat(walk.stop()).isNotNull();

            assertThat(records(walk))
                    .extracting(record -> record.get("type").asString() + " "
                            + record.get("data").get(0).get("id").asString())
                    .containsExactlyInAnyOrder("INSERT 1", "INSERT 3", "INSERT 4", "UPDATE 1", "DELETE 3");
            assertThat(data(walk, "INSERT", "1").toString()).isEqualTo("""
                            {"id":"1","qty":"3","price":"2.50","status":"paid","phone":"138****1234",\
                            "region":"NORTH","remark":"a\\tb","total":"7.50","big":"false","op":"READ"}""");
            assertThat(data(walk, "INSERT", "4").toString()).isEqualTo("""
                            {"id":"4","qty":"3","price":"2.50","status":"paid","phone":"138****1234",\
                            "region":"NORTH","remark":"a\\tb","total":"7.50","big":"false","op":"INSERT"}""");
            assertThat(data(walk, "INSERT", "3").get("total").isNull()).isTrue();
            assertThat(data(walk, "UPDATE", "1").get("phone").asString()).isEqualTo("139****9876");
            assertThat(one(walk, "UPDATE", "1").get("old").get(0).toString())
                    .contains("\"phone\":\"138****1234\"", "\"total\":\"7.50\"")
                    .doesNotContain("13800001234");
            assertThat(one(walk, "UPDATE", "1").get("sqlType").get("total").asInt())
                    .isEqualTo(Types.NUMERIC);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatKind.class,
            names = {"CANAL_JSON", "DEBEZIUM_JSON"})
    void noRecordHoldsWhatWasMaskedRemovedOrDropped(FormatKind format) {
        Database source = orders();
        try (Walk walk = new Walk(source, Servers.kafka(), format, EnumSet.allOf(Phase.class), ETL)) {
            walk.start();
            walk.follows();
            change(source);
            source.execute("INSERT INTO orders VALUES (99, 1, 1, 'last', NULL, NULL, NULL, 's')");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> walk.records("public.orders").stream()
                            .anyMatch(record -> text(record).contains("\"last\"")));
            walk.stop();

            assertThat(walk.records("public.orders"))
                    .hasSizeGreaterThan(5)
                    .extracting(EtlWalkIT::text)
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContain(
                                    "13800001234",
                                    "13900009876",
                                    "13800005678",
                                    "secret",
                                    "\"status\":\"test\"",
                                    "\"note\""));
        }
    }

    @Test
    void aRowThatAStepCannotWorkOnBecomesADeadLetterInBothPhases() {
        Database source = orders();
        source.execute("UPDATE orders SET qty = 9 WHERE id = 3");
        var steps = List.<EtlStep>of(new EtlStep.Set("each", "price / (qty - 9)"));
        var etl = List.of(new TableEtl("public", "orders", steps, OnRowError.DEAD_LETTER));
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class), etl)) {
            walk.start();
            walk.follows();
            source.execute(
                    "INSERT INTO orders (id, qty, price, status, secret) VALUES (6, 9, 1, 'bad', 'hidden'),"
                            + " (7, 8, 1, 'good', NULL)",
                    "UPDATE orders SET qty = 9 WHERE id = 7",
                    "UPDATE orders SET qty = 8 WHERE id = 6",
                    "INSERT INTO orders VALUES (8, 1, 1, 'last')");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(records(walk))
                            .extracting(record ->
                                    record.get("data").get(0).get("id").asString())
                            .containsExactlyInAnyOrder("1", "7", "6", "8"));
            walk.stop();

            List<JsonNode> letters = Servers.kafka().readAll(source.name() + ".dead-letter").stream()
                    .map(record -> Walk.JSON.readTree(record.value()))
                    .toList();
            assertThat(letters)
                    .extracting(letter -> letter.get("operation").asString() + " "
                            + letter.get("key").get("id").asString())
                    .containsExactlyInAnyOrder("READ 2", "READ 3", "INSERT 6", "UPDATE 7");
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.get("reason").asString()).isEqualTo("ETL");
                assertThat(letter.get("message").asString()).contains("public.orders", "each");
                assertThat(letter.toString()).doesNotContain("hidden", "13800005678");
            });
            assertThat(walk.events())
                    .anyMatch(event -> event.contains("DEAD_LETTER") && event.contains("public.orders"));
        }
    }

    @Test
    void aRowThatAStepCannotWorkOnStopsTheTaskAndSaysWhere() {
        Database source = orders();
        var etl =
                List.of(new TableEtl("public", "orders", List.of(new EtlStep.Set("each", "price / (qty - 9)")), null));
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class), etl)) {
            walk.start();
            assertThatThrownBy(() -> walk.end().orTimeout(60, TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(SyncException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.SETTINGS);
                        assertThat(failure)
                                .hasMessage("Table public.orders, etl[0].steps[0].to, column each, line 1, column 7:"
                                        + " division by zero.");
                    });
        }
    }

    @Test
    void aRowThatAStepCannotWorkOnSetsItsTableAsideAndTheOthersGoOn() {
        Database source = orders();
        source.execute("CREATE TABLE other (id int PRIMARY KEY)");
        List<EtlStep> steps = List.of(new EtlStep.Set("each", "price / (qty - 9)"));
        var etl = List.of(new TableEtl("public", "orders", steps, OnRowError.SET_ASIDE));
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class), etl)) {
            source.execute("UPDATE orders SET qty = 1 WHERE qty = 9");
            walk.start();
            walk.follows();
            source.execute("UPDATE orders SET qty = 9 WHERE id = 1", "INSERT INTO other VALUES (1)");
            walk.becomesEqual("public.other", "id");
            TableProgress aside = walk.status().tables().get(new TableId("public", "orders"));
            assertThat(aside.state()).isEqualTo(TableProgress.State.SET_ASIDE);
            assertThat(aside.trouble().reason()).contains("public.orders", "each", "division by zero");
        }
    }

    private static List<JsonNode> records(Walk walk) {
        return walk.records("public.orders").stream()
                .map(record -> Walk.JSON.readTree(record.value()))
                .toList();
    }

    private static JsonNode one(Walk walk, String type, String id) {
        return records(walk).stream()
                .filter(record -> record.get("type").asString().equals(type))
                .filter(record -> record.get("data").get(0).get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode data(Walk walk, String type, String id) {
        return one(walk, type, id).get("data").get(0);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
    }
}
