package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.Servers;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.Phase;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured at the source and held against the limits of the destination. */
@ParameterizedClass
@ValueSource(ints = {12, 18})
class SizesIT {

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
    void rowThatOutgrowsItsTopicIsMeasured() throws Exception {
        KafkaServer kafka = Servers.kafka();
        String topic = "sizes-" + UUID.randomUUID();
        bench.into(KafkaEndpoint.plaintext(kafka.bootstrap()));
        bench.database()
                .execute(
                        "CREATE TABLE papers (id int PRIMARY KEY, body text, scan bytea)",
                        "ALTER TABLE papers ALTER body SET STORAGE EXTERNAL",
                        "INSERT INTO papers VALUES (1, 'short', NULL)");
        var papers = task.table("papers").topic(topic);
        kafka.createTopic(topic, 1, Map.of("max.message.bytes", "100000"));
        assertThat(bench.findings(new RecordSizeCheck(), papers)).isEmpty();

        bench.database().execute("INSERT INTO papers VALUES (2, repeat('x', 50000), NULL)");
        assertThat(bench.findings(new RecordSizeCheck(), papers))
                .extracting(Finding::message)
                .containsExactly("The table holds large values, and topic " + topic
                        + " takes records of up to 100 kB only; Leat sends up to 10.5 MB.");
        bench.database().execute("INSERT INTO papers VALUES (3, repeat('x', 300000), NULL)");
        var found = bench.findings(new RecordSizeCheck(), papers);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ALERT);
            assertThat(finding.message()).contains("one of 300 kB", "up to 100 kB");
        });

        KafkaCommands.run(found.getFirst().remedy(), kafka.bootstrap());
        assertThat(bench.findings(new RecordSizeCheck(), papers)).isEmpty();
        bench.database().execute("INSERT INTO papers VALUES (4, NULL, convert_to(repeat('x', 6000000), 'UTF8'))");
        assertThat(bench.findings(new RecordSizeCheck(), papers))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("DEAD_LETTER"));
        assertThat(bench.findings(new RecordSizeCheck(), papers.deadLetters(topic + ".dead")))
                .isEmpty();
    }

    @Test
    void topicThatIsTooNarrowForAnyTableIsWidened() throws Exception {
        KafkaServer kafka = Servers.kafka();
        String topic = "narrow-" + UUID.randomUUID();
        bench.into(KafkaEndpoint.plaintext(kafka.bootstrap()));
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY)");
        var orders = task.table("orders").topic(topic);
        var planned = orders.topicConfig(Map.of("max.message.bytes", "1000"));
        assertThat(bench.findings(new RecordSizeCheck(), orders)).isEmpty();
        assertThat(bench.findings(new RecordSizeCheck(), planned))
                .extracting(Finding::severity, Finding::place, Finding::remedy)
                .containsExactly(tuple(
                        Severity.ALERT,
                        "topic " + topic,
                        "Take max.message.bytes out of \"topicConfig\" in the task's \"destination\"."));

        kafka.createTopic(topic, 1, Map.of("max.message.bytes", "1000"));
        var found = bench.findings(new RecordSizeCheck(), orders);
        assertThat(found).extracting(Finding::place).containsExactly("topic " + topic);
        KafkaCommands.run(found.getFirst().remedy(), kafka.bootstrap());

        assertThat(bench.findings(new RecordSizeCheck(), orders)).isEmpty();
    }

    @Test
    void destinationWithoutRoomForAllReplicasIsFound() {
        bench.into(KafkaEndpoint.plaintext(Servers.kafka().bootstrap()));
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY)");

        assertThat(bench.run(new DestinationStorageCheck(), task)).isEqualTo(new Outcome.Passed());
        bench.database().execute("INSERT INTO orders VALUES (1)");
        assertThat(bench.findings(new DestinationStorageCheck(), task.destination("orders", 1, Integer.MAX_VALUE)))
                .as("8 kB, 2,147,483,647 times")
                .extracting(Finding::severity)
                .containsExactly(Severity.ALERT);
        assertThat(bench.run(new DestinationStorageCheck(), task.phases(Phase.INCREMENTAL)))
                .isEqualTo(new Outcome.Passed());
    }
}
