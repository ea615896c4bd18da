package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.StubRegistry;
import dev.leat.kafka.SchemaRegistry;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.RegistryEndpoint;
import dev.leat.settings.Secret;
import dev.leat.settings.TaskSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out about the schema registry before the start, without registering anything. */
class SchemaRegistryCheckIT {

    private static final KafkaEndpoint KAFKA = KafkaEndpoint.plaintext("nowhere.invalid:1");

    private final StubRegistry registry = StubRegistry.start();
    private final Workbench bench = new Workbench(12).asSuperuser();

    @BeforeEach
    void createTables() {
        bench.database()
                .execute("CREATE TABLE item (id int PRIMARY KEY, v text)", "CREATE TABLE note (id int PRIMARY KEY)");
    }

    @AfterEach
    void stop() {
        registry.close();
        bench.close();
    }

    private List<Finding> findings(FormatKind kind, String topic, Map<String, String> options, KafkaEndpoint kafka) {
        TaskSettings task = TaskDraft.everything().topic(topic).settings();
        TaskSettings formatted = new TaskSettings(
                task.name(),
                task.source(),
                task.destination(),
                task.phases(),
                task.conflicts(),
                new FormatSettings(kind, options),
                task.kafka(),
                task.names(),
                task.objects(),
                task.operations(),
                task.etl(),
                task.unavailableValues(),
                task.onTableFailure(),
                task.retry(),
                task.throttle(),
                null,
                task.workerGroup(),
                task.instanceClass(),
                task.environment(),
                task.scene(),
                task.resourceGroup());
        Outcome outcome = new SchemaRegistryCheck()
                .run(new PrecheckContext(
                        new PrecheckPlan("leat-test", formatted, bench.endpoint(), kafka, false, Set.of(), "shop")));
        return outcome instanceof Outcome.Found found ? found.findings() : List.of();
    }

    private List<Finding> avro(String topic, String... options) {
        Map<String, String> chosen = options.length == 0 ? Map.of() : Map.of(options[0], options[1]);
        return findings(FormatKind.AVRO, topic, chosen, beside());
    }

    private KafkaEndpoint beside() {
        return KAFKA.with(new RegistryEndpoint(registry.url(), "", Secret.NONE));
    }

    @Test
    void acceptsSchemasThatAreNewAndRegistersNothing() {
        assertThat(avro("shop.{table}")).isEmpty();
        assertThat(registry.subjects()).isEmpty();
        assertThat(registry.requests()).contains("POST /subjects/shop.item-value", "GET /config");
    }

    @ParameterizedTest
    @CsvSource({"CANAL_JSON,false", "DTS_AVRO,false", "SHAREPLEX_JSON,false", "AVRO,true"})
    void needsARegistryOnlyWhereTheFormatDoes(FormatKind kind, boolean needs) {
        List<Finding> found = findings(kind, "shop.{table}", Map.of(), KAFKA);
        assertThat(found).hasSize(needs ? 1 : 0).allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("AVRO", "has none");
            assertThat(finding.remedy()).contains("schemaRegistry");
        });
    }

    @Test
    void needsARegistryForDtsAvroIfTheTaskSaysSo() {
        Map<String, String> options = Map.of("schema.registry", "true");
        assertThat(findings(FormatKind.DTS_AVRO, "one", options, KAFKA)).hasSize(1);
        assertThat(findings(FormatKind.DTS_AVRO, "one", options, beside()))
                .as("all tables share one schema")
                .isEmpty();
    }

    @Test
    void findsAnIncompatibleSchemaInTheRegistrysOwnWords() {
        registerOther("shop.item-value");
        assertThat(avro("shop.{table}")).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.place()).isEqualTo("subject shop.item-value");
            assertThat(finding.message()).contains("public.item", "NAME_MISMATCH");
            assertThat(finding.remedy()).contains("compatibility level");
        });
        registry.level("NONE");
        assertThat(avro("shop.{table}")).isEmpty();
    }

    private void registerOther(String subject) {
        try (var client = new SchemaRegistry(KAFKA, beside().schemaRegistry().orElseThrow())) {
            client.register(subject, "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");
        }
    }

    @Test
    void findsTablesThatWouldMeetUnderOneSubject() {
        assertThat(avro("shop")).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.message()).contains("public.item", "public.note");
            assertThat(finding.remedy()).contains("RecordNameStrategy");
        });
        assertThat(findings(
                        FormatKind.AVRO,
                        "shop",
                        Map.of(
                                "key.subject.name.strategy",
                                "RecordNameStrategy",
                                "value.subject.name.strategy",
                                "TopicRecordNameStrategy"),
                        beside()))
                .isEmpty();
    }

    @Test
    void findsARegistryThatIsDownOrRefuses() {
        registry.only("leat", "s3cret");
        assertThat(avro("shop.{table}")).singleElement().satisfies(finding -> {
            assertThat(finding.message()).contains(registry.url(), "401");
            assertThat(finding.remedy()).contains("schemaRegistry.user");
        });
        registry.close();
        assertThat(avro("shop.{table}")).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains(registry.url(), "cannot be reached");
        });
    }

    @Test
    void findsSchemasThatNobodyRegisteredWhereTheTaskMayNot() {
        assertThat(avro("shop.{table}", "auto.register.schemas", "false"))
                .hasSize(4)
                .allSatisfy(finding -> assertThat(finding.message()).contains("does not hold"));
    }

    @ParameterizedTest
    @CsvSource({
        "AVRO,array.nesting,deep",
        "AVRO,decimal.handling.mode,exact",
        "DTS_AVRO,schema.registry,maybe",
        "CANAL_JSON,snapshot.type,COPY",
        "DEBEZIUM_JSON,time.precision.mode,nanos"
    })
    void findsOptionsThatNobodyKnows(FormatKind kind, String option, String value) {
        TaskSettings task = TaskDraft.everything().settings();
        TaskSettings odd = new TaskSettings(
                task.name(),
                task.source(),
                task.destination(),
                null,
                null,
                new FormatSettings(kind, Map.of(option, value)),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Outcome outcome = new FormatOptionsCheck()
                .run(new PrecheckContext(new PrecheckPlan("leat-test", odd, bench.endpoint(), KAFKA, false)));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Found.class,
                        found -> assertThat(found.findings())
                                .singleElement()
                                .satisfies(
                                        finding -> assertThat(finding.message()).contains(option, value)));
        Outcome fine = new FormatOptionsCheck()
                .run(new PrecheckContext(new PrecheckPlan("leat-test", task, bench.endpoint(), KAFKA, false)));
        assertThat(fine).isEqualTo(new Outcome.Passed());
    }
}
