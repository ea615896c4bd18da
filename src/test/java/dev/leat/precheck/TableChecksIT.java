package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.leat.postgres.Publication;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.ColumnSettings;
import dev.leat.settings.NameCase;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of the selected tables on real servers; where it can, the server itself says whether the check is right. */
@ParameterizedClass
@ValueSource(ints = {12, 18})
class TableChecksIT {

    @Parameter
    int major;

    private Workbench bench;
    private final TaskDraft task = TaskDraft.everything();

    @BeforeEach
    void open() {
        bench = new Workbench(major).asSuperuser();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void tablesWithAKeyPass() {
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY)", "INSERT INTO orders VALUES (1)");

        assertThat(bench.findings(new PrimaryKeyCheck(), task)).isEmpty();
        assertThat(bench.findings(new ReplicaIdentityCheck(), task)).isEmpty();
        assertThat(bench.findings(new UnloggedTablesCheck(), task)).isEmpty();
        publish();
        assertThatCode(() -> update("orders")).doesNotThrowAnyException();
    }

    @Test
    void tableWithoutAKeyIsAnErrorThatBecomesAnAlert() {
        bench.database().execute("CREATE TABLE logs (id int)", "INSERT INTO logs VALUES (1)");
        publish();
        assertThatThrownBy(() -> update("logs")).rootCause().hasMessageContaining("replica identity");
        var found = bench.findings(new PrimaryKeyCheck(), task);
        assertThat(found).extracting(Finding::severity).containsExactly(Severity.ERROR);
        assertThat(bench.findings(new PrimaryKeyCheck(), task.phases(Phase.FULL)))
                .extracting(Finding::severity)
                .containsExactly(Severity.ALERT);

        bench.mend(found);

        assertThat(bench.findings(new PrimaryKeyCheck(), task))
                .extracting(Finding::severity)
                .containsExactly(Severity.ALERT);
        assertThatCode(() -> update("logs")).doesNotThrowAnyException();
    }

    @Test
    void uniqueKeyBecomesTheReplicaIdentity() {
        bench.database()
                .execute(
                        "CREATE TABLE users (id int NOT NULL, mail text UNIQUE, CONSTRAINT \"The key\" UNIQUE (id))",
                        "INSERT INTO users VALUES (1)");
        var found = bench.findings(new PrimaryKeyCheck(), task);
        assertThat(found)
                .extracting(Finding::remedy)
                .containsExactly("ALTER TABLE \"public\".\"users\" REPLICA IDENTITY USING INDEX \"The key\";");

        bench.mend(found);

        assertThat(bench.findings(new PrimaryKeyCheck(), task)).isEmpty();
        publish();
        assertThatCode(() -> update("users")).doesNotThrowAnyException();
    }

    @Test
    void partitionsAreMendedOneByOne() {
        bench.database()
                .execute(
                        "CREATE TABLE sales (id int, day date) PARTITION BY RANGE (day)",
                        "CREATE TABLE sales_1 PARTITION OF sales FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                        "CREATE TABLE sales_2 PARTITION OF sales FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')",
                        "INSERT INTO sales VALUES (1, '2026-01-01'), (1, '2026-02-01')");
        publish();
        assertThatThrownBy(() -> update("sales")).rootCause().hasMessageContaining("replica identity");
        var found = bench.findings(new PrimaryKeyCheck(), task);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.place()).isEqualTo("public.sales");
            assertThat(finding.remedy()).contains("\"sales_1\"", "\"sales_2\"");
        });

        bench.mend(found);

        assertThat(bench.findings(new PrimaryKeyCheck(), task))
                .extracting(Finding::severity)
                .containsExactly(Severity.ALERT);
        assertThatCode(() -> update("sales")).doesNotThrowAnyException();
    }

    @Test
    void replicaIdentityThatTellsNothingIsMended() {
        bench.database()
                .execute(
                        "CREATE TABLE nothing (id int PRIMARY KEY)",
                        "ALTER TABLE nothing REPLICA IDENTITY NOTHING",
                        "CREATE TABLE dropped (id int NOT NULL)",
                        "CREATE UNIQUE INDEX gone ON dropped (id)",
                        "ALTER TABLE dropped REPLICA IDENTITY USING INDEX gone",
                        "DROP INDEX gone",
                        "CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE)",
                        "INSERT INTO nothing VALUES (1)",
                        "INSERT INTO dropped VALUES (1)",
                        "INSERT INTO deferred VALUES (1)");
        publish();
        var tables = List.of("nothing", "dropped", "deferred");
        assertThat(tables)
                .allSatisfy(table -> assertThatThrownBy(() -> update(table)).isNotNull());
        var found = bench.findings(new ReplicaIdentityCheck(), task);
        assertThat(found)
                .extracting(Finding::place)
                .containsExactlyInAnyOrder("public.nothing", "public.dropped", "public.deferred");

        bench.mend(found);

        assertThat(bench.findings(new ReplicaIdentityCheck(), task)).isEmpty();
        assertThat(tables)
                .allSatisfy(table -> assertThatCode(() -> update(table)).doesNotThrowAnyException());
    }

    @Test
    void unloggedTableIsMended() {
        bench.database().execute("CREATE UNLOGGED TABLE scratch (id int PRIMARY KEY)");
        assertThatThrownBy(this::publish).hasMessageContaining("scratch");
        var found = bench.findings(new UnloggedTablesCheck(), task);
        assertThat(found).extracting(Finding::place).containsExactly("public.scratch");

        bench.mend(found);

        assertThat(bench.findings(new UnloggedTablesCheck(), task)).isEmpty();
        assertThatCode(this::publish).doesNotThrowAnyException();
    }

    @Test
    void settingsThatNameNoColumnAreFound() {
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY, total int, note text)");

        assertThat(settingsFit(List.of("id"), Map.of("id", "order_id"), List.of("note")))
                .isEmpty();
        assertThat(settingsFit(List.of(), Map.of("idd", "order_id"), List.of()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("public.orders", "'idd'"));
        assertThat(settingsFit(List.of("totals"), Map.of(), List.of())).hasSize(1);
        assertThat(settingsFit(List.of(), Map.of(), List.of("id"))).hasSize(1);
        assertThat(settingsFit(List.of(), Map.of("note", "total"), List.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.message()).contains("'total'");
                    assertThat(finding.remedy()).contains("columns.rename");
                });
        assertThat(settingsFit(List.of("note"), Map.of(), List.of("note"))).hasSize(1);
    }

    @Test
    void partitionThatADeleteCannotFindIsMended() {
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY, total int, note text)");
        var found = settingsFit(List.of("total"), Map.of("total", "sum"), List.of("note"));
        assertThat(found).extracting(Finding::severity).containsExactly(Severity.ALERT);
        assertThat(found.getFirst().message()).contains("sum");

        bench.mend(found);

        assertThat(settingsFit(List.of("total"), Map.of("total", "sum"), List.of("note")))
                .isEmpty();
    }

    @Test
    void tablesThatCapitalizationMakesAlikeAreFound() {
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "CREATE TABLE \"Orders\" (id int PRIMARY KEY)",
                        "CREATE TABLE columns (a int PRIMARY KEY, \"A\" int)");
        assertThat(bench.findings(new SettingsFitCheck(), task)).isEmpty();

        assertThat(bench.findings(new SettingsFitCheck(), task.names(NameCase.UPPER)))
                .extracting(Finding::severity, Finding::place)
                .containsExactly(
                        tuple(Severity.ERROR, "public.columns"), tuple(Severity.ALERT, "public.Orders, public.orders"));
    }

    @Test
    void tablesWhoseTopicsKafkaCannotTellApartAreFound() {
        bench.database()
                .execute("CREATE TABLE \"订单\" (id int PRIMARY KEY)", "CREATE TABLE \"用户\" (id int PRIMARY KEY)");

        assertThat(bench.findings(new SettingsFitCheck(), task.topic("all"))).isEmpty();
        assertThat(bench.findings(new SettingsFitCheck(), task.topic("shop.{table}")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place()).contains("订单", "用户");
                    assertThat(finding.message()).contains("one topic, shop.__,");
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.ALERT);
                });
    }

    @Test
    void topicsThatAreTooLongForKafkaAreFound() {
        String table = "t".repeat(60);
        bench.database().execute("CREATE TABLE " + table + " (id int PRIMARY KEY)");

        assertThat(bench.findings(new SettingsFitCheck(), task.topic("x".repeat(189) + "{table}")))
                .isEmpty();
        assertThat(bench.findings(new SettingsFitCheck(), task.topic("x".repeat(190) + "{table}")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place()).isEqualTo("public." + table);
                    assertThat(finding.message()).contains("250 characters", "249");
                });
    }

    @Test
    void generatedColumnsInAReplicaIdentityAreMendedWhereTheSourceMindsThem() {
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)",
                        "INSERT INTO orders VALUES (1)",
                        "ALTER TABLE orders REPLICA IDENTITY FULL");
        publish();
        var found = bench.findings(new ReplicaIdentityCheck(), task);
        if (major < 18) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).extracting(Finding::place).containsExactly("public.orders");
            assertThatThrownBy(() -> update("orders")).rootCause().hasMessageContaining("cannot update");
        }

        bench.mend(found);

        assertThat(bench.findings(new ReplicaIdentityCheck(), task)).isEmpty();
        assertThatCode(() -> update("orders")).doesNotThrowAnyException();
    }

    private List<Finding> settingsFit(List<String> partitionColumns, Map<String, String> rename, List<String> exclude) {
        var columns = new ColumnSettings(rename, exclude);
        var rule = new ObjectRule("public", "orders", null, null, partitionColumns, columns, null, null);
        return bench.findings(new SettingsFitCheck(), task.only(rule));
    }

    private void publish() {
        var facts = new PrecheckContext(bench.plan(task)).source();
        new Publication(bench.source(), "oracle")
                .ensure(facts.tables(), facts.capabilities().publishesViaRoot(), false);
    }

    private void update(String table) {
        bench.database().execute("UPDATE " + table + " SET id = 2 WHERE id = 1", "UPDATE " + table + " SET id = 1");
    }
}
