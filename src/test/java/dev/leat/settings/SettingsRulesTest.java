package dev.leat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task's settings must meet, each violation under the path of its field. */
class SettingsRulesTest {

    private final Draft draft = new Draft();

    @Test
    void takesATaskOfDefaults() {
        assertThat(draft.violations()).isEmpty();
    }

    @Test
    void aGroupThatNobodyCanHaveWasTaken() {
        draft.group = "not a group";
        assertThat(draft.violations().stream().map(Violation::field))
                .containsExactlyInAnyOrder("workerGroup", "resourceGroup");
    }

    @Test
    void aNameWithALineBreakForgedALineOfTheLog() {
        draft.name = "shop\nERROR all is lost";

        assertThat(draft.violations()).extracting(Violation::field).containsExactly("name");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        draft.name = " ";
        draft.source = new TaskSource(null, null, "Slot!", "p".repeat(64));
        draft.destination = new TaskDestination(null, "a b", "ä", 0, -1, "{table");
        draft.phases = Set.of();
        draft.kafka = new KafkaSettings(null, null, null, null, true);
        draft.etl = List.of(new TableEtl("shop", "orders", null, OnRowError.SET_ASIDE));
        draft.onTableFailure = OnTableFailure.SET_ASIDE;
        draft.retry = new RetrySettings(9, 0);
        draft.objects = new ObjectSelection(
                List.of(rule(null, "orders"), rule("shop", "orders"), rule("shop", "orders")),
                List.of(rule(null, "items")));

        assertThat(draft.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder(
                        "name",
                        "source.slot",
                        "source.publication",
                        "source.connection",
                        "destination.connection",
                        "destination.topic",
                        "destination.ddlTopic",
                        "destination.deadLetterTopic",
                        "destination.partitions",
                        "destination.replicationFactor",
                        "phases",
                        "kafka.exactlyOnce",
                        "etl[0].steps",
                        "retry.connectionMinutes",
                        "retry.otherMinutes",
                        "objects.include[0].schema",
                        "objects.include[2]",
                        "objects.exclude[0].schema");
        assertThat(draft.violations()).allSatisfy(violation -> {
            assertThat(violation.message()).isNotBlank();
            assertThat(violation.remedy()).isNotBlank();
        });
    }

    @Test
    void refusalHoldsEveryViolation() {
        draft.phases = Set.of();
        draft.retry = new RetrySettings(5, 1);

        assertThatThrownBy(() -> draft.settings().checked())
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("phases: ")
                .hasMessageContaining("retry.connectionMinutes: ")
                .extracting(e -> ((InvalidSettings) e).violations())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"10,1", "10,9", "720,10", "1440,1439"})
    void takesRetryWindowsWithinTheirBounds(int connection, int other) {
        draft.retry = new RetrySettings(connection, other);

        assertThat(draft.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10,10", "20,30", "1440,1440", "720,0"})
    void refusesAnOtherWindowThatIsNotTheSmaller(int connection, int other) {
        draft.retry = new RetrySettings(connection, other);

        assertThat(draft.violations()).extracting(Violation::field).containsExactly("retry.otherMinutes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "{database}.{schema}.{table}", "a-b_c.D9", "{table}"})
    void takesTopics(String topic) {
        draft.destination = new TaskDestination("kafka", topic, null, null, null, null);

        assertThat(draft.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "{tables}", "a/b", "ö", "."})
    void refusesWhatIsNoTopic(String topic) {
        draft.destination = new TaskDestination("kafka", topic, null, null, null, null);

        assertThat(draft.violations()).extracting(Violation::field).containsExactly("destination.topic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-ddl", "{database}.ddl", "{topic}"})
    void takesTopicsOfDdl(String topic) {
        draft.destination = new TaskDestination("kafka", null, topic, null, null, null);

        assertThat(draft.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{table}.ddl", "{schema}", "{topic}.ddl", "a b"})
    void refusesDdlWithoutOneTopic(String topic) {
        draft.destination = new TaskDestination("kafka", null, topic, null, null, null);

        assertThat(draft.violations()).extracting(Violation::field).containsExactly("destination.ddlTopic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-messages", "{database}.messages"})
    void takesTopicsOfMessages(String topic) {
        draft.destination = messages(topic);

        assertThat(draft.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{table}.messages", "{schema}", "{topic}", "a b", "all", "ddl", "dead"})
    void refusesMessagesWithoutATopicOfTheirOwn(String topic) {
        draft.destination = messages(topic);

        assertThat(draft.violations()).extracting(Violation::field).containsExactly("destination.messageTopic");
    }

    @Test
    void refusesMessagesWhereNobodyReadsTheLog() {
        draft.destination = messages("messages");
        draft.phases = Set.of(Phase.SCHEMA, Phase.FULL);

        assertThat(draft.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("destination.messageTopic");
            assertThat(violation.remedy()).contains("INCREMENTAL");
        });
    }

    private static TaskDestination messages(String topic) {
        return new TaskDestination("kafka", "all", "ddl", null, null, "dead", null, topic);
    }

    @Test
    void refusesDeadLettersAmongTheRecords() {
        draft.destination = new TaskDestination("kafka", "shop", null, null, null, "shop");

        assertThat(draft.violations()).extracting(Violation::field).containsExactly("destination.deadLetterTopic");
    }

    @ParameterizedTest
    @EnumSource
    void takesEveryAnswerToLargeRecordsAndUnchangedValues(TooLarge tooLarge) {
        draft.kafka = new KafkaSettings(null, null, null, tooLarge, null);
        for (UnavailableValues unavailable : UnavailableValues.values()) {
            draft.unavailable = unavailable;
            assertThat(draft.violations()).isEmpty();
        }
    }

    @Test
    void refusesMoreThanFiveThousandEditedObjects() {
        draft.objects = objects(5_000);
        assertThat(draft.violations()).isEmpty();

        draft.objects = objects(5_001);
        assertThat(draft.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("objects.include");
            assertThat(violation.message()).contains("5000", "5001");
            assertThat(violation.remedy()).contains("whole schemas");
        });
    }

    @Test
    void refusesTwoColumnsUnderOneName() {
        draft.objects = columns(Map.of("a", "x", "b", "x"), List.of());

        assertThat(draft.violations())
                .singleElement()
                .extracting(Violation::field)
                .asString()
                .startsWith("objects.include[0].columns.rename.");
    }

    @Test
    void refusesAColumnThatIsRenamedAndExcluded() {
        draft.objects = columns(Map.of("a", "x"), List.of("a"));

        assertThat(draft.violations())
                .extracting(Violation::field)
                .containsExactly("objects.include[0].columns.rename.a");
    }

    @Test
    void refusesLimitsThatAreNone() {
        draft.throttle = new ThrottleSettings(new Limits(0.0, -1, 1e12), new Limits(5.0, null, null));
        draft.instanceClass = "huge";

        assertThat(draft.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder(
                        "throttle.full.queriesPerSecond",
                        "throttle.full.rowsPerSecond",
                        "throttle.full.megabytesPerSecond",
                        "throttle.incremental.queriesPerSecond",
                        "instanceClass");
    }

    @Test
    void refusesARowFilterThatSaysNothingOrTooMuch() {
        assertThat(filtered("id > 5")).isEmpty();
        assertThat(filtered(" \n")).containsExactly("objects.include[0].filter");
        assertThat(filtered("id > 5" + " ".repeat(4091))).containsExactly("objects.include[0].filter");
    }

    private List<String> filtered(String condition) {
        draft.objects = new ObjectSelection(
                List.of(new ObjectRule("shop", "orders", null, null, null, null, condition, null)), null);
        return draft.violations().stream().map(Violation::field).toList();
    }

    private static ObjectSelection objects(int count) {
        return new ObjectSelection(
                IntStream.range(0, count).mapToObj(i -> rule("shop", "t" + i)).toList(), null);
    }

    @Test
    void refusesOptionsThatTheFormatDoesNotHave() {
        draft.format = new FormatSettings(FormatKind.CANAL_JSON, Map.of("decimal.handling.mode", "double"));

        assertThat(draft.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("format.options.decimal.handling.mode");
            assertThat(violation.message()).contains("CANAL_JSON");
            assertThat(violation.remedy()).contains("bytea, snapshot.type, old, old.unknown, dataType");
        });
    }

    @Test
    void refusesValuesThatAnOptionDoesNotTake() {
        draft.format = new FormatSettings(
                FormatKind.DEBEZIUM_JSON,
                Map.of("time.precision.mode", "seconds", "topic.prefix", " ", "money.fraction.digits", "11"));

        assertThat(draft.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder(
                        "format.options.time.precision.mode",
                        "format.options.topic.prefix",
                        "format.options.money.fraction.digits");
        assertThat(draft.violations())
                .extracting(Violation::remedy)
                .anySatisfy(remedy -> assertThat(remedy).contains("adaptive_time_microseconds, connect, isostring"));
    }

    @ParameterizedTest
    @EnumSource(FormatKind.class)
    void takesEveryValueOfEveryOption(FormatKind kind) {
        for (FormatOption option : FormatOption.of(kind)) {
            for (String value : option.values().isEmpty() ? List.of("mine") : option.values()) {
                draft.format = new FormatSettings(kind, Map.of(option.name(), value));
                assertThat(draft.violations()).isEmpty();
            }
        }
    }

    @Test
    void refusesATableThatIsSelectedAndExcluded() {
        draft.objects = new ObjectSelection(
                List.of(rule("shop", "orders"), rule("shop", null)),
                List.of(rule("shop", "orders"), rule("shop", "items"), rule("shop", null)));

        assertThat(draft.violations()).extracting(Violation::field).containsExactly("objects.exclude[0]");
    }

    @Test
    void refusesToCarryNothing() {
        draft.operations = Set.of();
        draft.objects = new ObjectSelection(
                List.of(new ObjectRule("shop", "orders", null, null, null, null, null, Set.of())), null);

        assertThat(draft.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("operations", "objects.include[0].operations");
    }

    @Test
    void refusesPartitionColumnsThatChooseNothing() {
        draft.objects = new ObjectSelection(
                List.of(new ObjectRule("shop", "orders", null, null, List.of("city"), null, null, null)), null);
        assertThat(draft.violations()).isEmpty();

        draft.kafka = new KafkaSettings(null, null, PartitionPolicy.TABLE, null, null);
        assertThat(draft.violations())
                .extracting(Violation::field)
                .containsExactly("objects.include[0].partitionColumns");
    }

    @Test
    void refusesTwoNumbersOfPartitionsForOneTopic() {
        draft.objects = new ObjectSelection(
                List.of(into("all", "orders", 3), into("all", "items", 4), into("all.{table}", "users", 5)), null);

        assertThat(draft.violations()).extracting(Violation::field).containsExactly("objects.include[1].partitions");
    }

    private static ObjectRule into(String topic, String table, int partitions) {
        return new ObjectRule("shop", table, topic, partitions, null, null, null, null);
    }

    private static ObjectSelection columns(Map<String, String> rename, List<String> exclude) {
        return new ObjectSelection(
                List.of(new ObjectRule(
                        "shop", "orders", null, null, null, new ColumnSettings(rename, exclude), null, null)),
                null);
    }

    private static ObjectRule rule(String schema, String table) {
        return ObjectRule.of(schema, table);
    }

    /** A valid task, of which each test spoils something. */
    private static final class Draft {

        private String name = "mine";
        private TaskSource source = new TaskSource("pg", null, null, null);
        private TaskDestination destination = new TaskDestination("kafka", null, null, null, null, null);
        private Set<Phase> phases;
        private FormatSettings format;
        private KafkaSettings kafka;
        private ObjectSelection objects;
        private List<TableEtl> etl;
        private UnavailableValues unavailable;
        private OnTableFailure onTableFailure;
        private RetrySettings retry;
        private Set<Operation> operations;
        private ThrottleSettings throttle;
        private String instanceClass;
        private String group;

        TaskSettings settings() {
            return new TaskSettings(
                    name,
                    source,
                    destination,
                    phases,
                    null,
                    format,
                    kafka,
                    null,
                    objects,
                    operations,
                    etl,
                    unavailable,
                    onTableFailure,
                    retry,
                    throttle,
                    null,
                    group,
                    instanceClass,
                    null,
                    null,
                    group);
        }

        List<Violation> violations() {
            return new SettingsRules(settings()).violations();
        }
    }
}
