package dev.leat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.TableId;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The defaults of a task and the names of its properties, which are also its names over REST. */
class TaskSettingsTest {

    private static final TaskSettings DEFAULTS = new TaskSettings(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null);

    @Test
    void hasTheseDefaults() {
        assertThat(DEFAULTS.name()).isNull();
        assertThat(DEFAULTS.phases()).containsExactlyInAnyOrder(Phase.SCHEMA, Phase.FULL, Phase.INCREMENTAL);
        assertThat(DEFAULTS.conflicts()).isEqualTo(Conflicts.REPORT);
        assertThat(DEFAULTS.names()).isEqualTo(NameCase.DEFAULT);
        assertThat(DEFAULTS.operations())
                .containsExactlyInAnyOrder(Operation.INSERT, Operation.UPDATE, Operation.DELETE);
        assertThat(DEFAULTS.etl()).isEmpty();
        assertThat(DEFAULTS.unavailableValues()).isEqualTo(UnavailableValues.PLACEHOLDER);
        assertThat(DEFAULTS.onTableFailure()).isEqualTo(OnTableFailure.STOP);
        assertThat(DEFAULTS.throttle()).isEqualTo(new ThrottleSettings(Limits.NONE, Limits.NONE));
        assertThat(DEFAULTS.alerts()).isEqualTo(new AlertSettings(true, 300, 24, null, List.of()));
        assertThat(DEFAULTS.ceiling()).isEqualTo(InstanceClass.UNLIMITED);
        assertThat(DEFAULTS.workerGroup()).isEqualTo("default");
        assertThat(DEFAULTS.instanceClass()).isEqualTo("unlimited");
        assertThat(DEFAULTS.environment()).isNull();
        assertThat(DEFAULTS.scene()).isNull();
        assertThat(DEFAULTS.resourceGroup()).isEqualTo("default");
    }

    @Test
    void hasTheseDefaultsForItsEnds() {
        assertThat(DEFAULTS.source()).isEqualTo(new TaskSource("", null, null, null));
        assertThat(DEFAULTS.destination()).isEqualTo(new TaskDestination("", null, null, null, null, null));
        assertThat(DEFAULTS.destination().topicOrDefault()).isEqualTo("{database}.{schema}.{table}");
        assertThat(DEFAULTS.destination().deadLetterTopicOrDefault()).isEqualTo("{database}.dead-letter");
        assertThat(DEFAULTS.sendsDeadLetters()).isFalse();
        assertThat(DEFAULTS.objects().include()).containsExactly(ObjectRule.everything());
        assertThat(DEFAULTS.objects().exclude()).isEmpty();
    }

    @Test
    void hasTheseDefaultsForTheCareOfItsSlot() {
        SlotSettings care = DEFAULTS.source().slotCare();
        assertThat(care).isEqualTo(new SlotSettings(true, null, null, AtWalBudget.ALERT));
        assertThat(care.walBudgetBytes()).isEqualTo(20_000_000_000L);
        assertThat(care.heartbeat()).isEmpty();
        assertThat(new SlotSettings(null, "pulse.Beat", 0.5, null).heartbeat()).contains(new TableId("pulse", "Beat"));
        assertThat(new SlotSettings(null, null, 0.5, null).walBudgetBytes()).isEqualTo(500_000_000L);
    }

    @Test
    void hasTheseDefaultsForRecords() {
        assertThat(DEFAULTS.format()).isEqualTo(new FormatSettings(FormatKind.CANAL_JSON, Map.of()));
        assertThat(DEFAULTS.kafka())
                .isEqualTo(new KafkaSettings(
                        Compression.LZ4, Acks.ALL, PartitionPolicy.PRIMARY_KEY, TooLarge.STOP, false));
        assertThat(DEFAULTS.retry()).isEqualTo(new RetrySettings(720, 10));
        assertThat(DEFAULTS.retry().connection()).isEqualTo(Duration.ofHours(12));
        assertThat(DEFAULTS.retry().other()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void hasTheseDefaultsForAnObject() {
        var rule = ObjectRule.of("shop", "orders");

        assertThat(rule)
                .isEqualTo(new ObjectRule(
                        "shop", "orders", null, null, List.of(), new ColumnSettings(Map.of(), List.of()), null, null));
    }

    @Test
    void hasTheseProperties() {
        assertThat(properties(TaskSettings.class))
                .containsExactly(
                        "name",
                        "source",
                        "destination",
                        "phases",
                        "conflicts",
                        "format",
                        "kafka",
                        "names",
                        "objects",
                        "operations",
                        "etl",
                        "unavailableValues",
                        "onTableFailure",
                        "retry",
                        "throttle",
                        "alerts",
                        "workerGroup",
                        "instanceClass",
                        "environment",
                        "scene",
                        "resourceGroup");
        assertThat(properties(TaskSource.class))
                .containsExactly("connection", "database", "slot", "publication", "slotCare");
        assertThat(properties(SlotSettings.class))
                .containsExactly("failover", "heartbeatTable", "walBudgetGigabytes", "atWalBudget");
        assertThat(properties(TaskDestination.class))
                .containsExactly(
                        "connection",
                        "topic",
                        "ddlTopic",
                        "partitions",
                        "replicationFactor",
                        "deadLetterTopic",
                        "topicConfig",
                        "messageTopic");
        assertThat(properties(KafkaSettings.class))
                .containsExactly("compression", "acks", "partitioning", "tooLarge", "exactlyOnce");
        assertThat(properties(FormatSettings.class)).containsExactly("kind", "options");
        assertThat(properties(RetrySettings.class)).containsExactly("connectionMinutes", "otherMinutes");
        assertThat(properties(AlertSettings.class))
                .containsExactly("onFailure", "delaySeconds", "fullHours", "walGigabytes", "contacts");
        assertThat(properties(ObjectSelection.class)).containsExactly("include", "exclude");
        assertThat(properties(ColumnSettings.class)).containsExactly("rename", "exclude");
        assertThat(properties(ObjectRule.class))
                .containsExactly(
                        "schema",
                        "table",
                        "topic",
                        "partitions",
                        "partitionColumns",
                        "columns",
                        "filter",
                        "operations");
    }

    @Test
    void keepsWhatTheUserChose() {
        var phases = Set.of(Phase.INCREMENTAL);
        var chosen = new TaskSettings(
                "mine",
                new TaskSource("pg", "shop", "slot_1", "pub_1"),
                new TaskDestination("kafka", "all", "ddl", 3, 2, "dead"),
                phases,
                Conflicts.IGNORE,
                new FormatSettings(FormatKind.DEBEZIUM_JSON, Map.of("schemas.enable", "true")),
                new KafkaSettings(Compression.ZSTD, Acks.LEADER, PartitionPolicy.TABLE, null, null),
                NameCase.LOWER,
                null,
                Set.of(Operation.DELETE),
                null,
                UnavailableValues.OMIT,
                null,
                new RetrySettings(60, 5),
                new ThrottleSettings(new Limits(2.5, 1000, null), null),
                null,
                "blue",
                "small",
                "prod",
                "migration",
                null);

        assertThat(chosen.checked()).isSameAs(chosen);
        assertThat(chosen.ceiling()).isEqualTo(InstanceClass.SMALL);
        assertThat(chosen.with(chosen.throttle())).isEqualTo(chosen);
        assertThat(chosen.has(Phase.INCREMENTAL)).isTrue();
        assertThat(chosen.has(Phase.FULL)).isFalse();
        assertThat(chosen.format().flag("schemas.enable", false)).isTrue();
        assertThat(chosen.format().option("missing", "else")).isEqualTo("else");
    }

    @Test
    void neverShowsASecret() {
        var endpoint = new SourceEndpoint(
                SourceKind.POSTGRESQL, "db", 5432, "shop", "leat", new Secret("s3cret"), SslMode.PREFER, "");

        assertThat(endpoint.toString()).contains("leat", "***").doesNotContain("s3cret");
        assertThat(Secret.NONE.toString()).isEmpty();
        assertThat(new KafkaEndpoint(
                                "b:9092",
                                KafkaSecurity.SASL_PLAIN,
                                "u",
                                new Secret("s3cret"),
                                "",
                                "",
                                new Secret("k3y"),
                                true)
                        .toString())
                .doesNotContain("s3cret", "k3y");
    }

    private static List<String> properties(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
