package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The fault points of docs/faults.md that concern the topics. */
class DestinationFaultsIT {

    /** It is the broker that refuses first: what the topic takes was asked for when the run began. */
    @Test
    void point14TopicTakesLessThanItDid() throws Exception {
        Database source = Servers.postgres(15).newDatabase();
        source.execute("CREATE TABLE item (id int PRIMARY KEY, note text)", "INSERT INTO item VALUES (1, 'small')");
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))) {
            walk.start();
            walk.follows();
            limit(source, 10_000);
            source.execute("INSERT INTO item SELECT 777, string_agg(md5(g::text), '') FROM generate_series(1, 2000) g");
            SyncException refused = walk.fails();
            tooLarge(refused, "Topic " + source.name() + ".public.item");

            walk.start();
            refused = walk.fails();
            tooLarge(refused, "Table public.item: record of 0.1 MB exceeds the 0.0 MB limit");
            assertThat(refused).hasMessageContaining("777");

            limit(source, 1_000_000);
            source.execute("INSERT INTO item VALUES (2, 'late')");
            walk.start();
            walk.becomesEqual("public.item", "id");
        }
    }

    private static void tooLarge(SyncException failure, String subject) {
        assertThat(failure.kind()).isEqualTo(FailureKind.RECORD_TOO_LARGE);
        assertThat(failure.kind().retry()).isEqualTo(FailureKind.Retry.MANUAL);
        assertThat(failure).hasMessageContaining(subject);
        assertThat(failure.remedy()).contains("max.message.bytes");
    }

    private static void limit(Database source, int bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, source.name() + ".public.item");
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrap()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
        }
    }
}
