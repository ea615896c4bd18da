package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.TableId;
import dev.leat.settings.PartitionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

/** Partitions are those that Kafka's own partitioner would choose. */
class PartitioningTest {

    private static final TableId ORDERS = new TableId("public", "orders");

    @Test
    void keysGoWhereKafkasPartitionerSendsThem() {
        var partitioning = new Partitioning(PartitionPolicy.PRIMARY_KEY, "shop", ORDERS);
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] key = new byte[random.nextInt(40)];
            random.nextBytes(key);
            int partitions = 1 + random.nextInt(100);

            assertThat(partitioning.partition(key, partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
        }
    }

    @Test
    void rowsWithoutAKeyGoByTheirTable() {
        var byKey = new Partitioning(PartitionPolicy.PRIMARY_KEY, "shop", ORDERS);
        var byTable = new Partitioning(PartitionPolicy.TABLE, "shop", ORDERS);
        byte[] name = "shop.public.orders".getBytes(StandardCharsets.UTF_8);

        assertThat(byKey.partition(null, 7)).isEqualTo(BuiltInPartitioner.partitionForKey(name, 7));
        assertThat(byTable.partition(null, 7)).isEqualTo(byKey.partition(null, 7));
        assertThat(byTable.partition(new byte[] {1, 2}, 7)).isEqualTo(byKey.partition(null, 7));
    }

    @Test
    void singleMeansTheFirst() {
        var single = new Partitioning(PartitionPolicy.SINGLE, "shop", ORDERS);

        assertThat(single.partition(new byte[] {1, 2, 3}, 50)).isZero();
        assertThat(single.partition(null, 50)).isZero();
    }
}
