package dev.leat.kafka;

import dev.leat.change.TableId;
import dev.leat.settings.PartitionPolicy;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition of a record. The hash is Kafka's own murmur2, so that consumers can co-partition with topics
 * that its default partitioner fills.
 */
public final class Partitioning {

    private final PartitionPolicy policy;
    private final int tableHash;

    /** The partitioning of one table of a database. */
    public Partitioning(PartitionPolicy policy, String database, TableId table) {
        this.policy = policy;
        this.tableHash = hash((database + "." + table).getBytes(StandardCharsets.UTF_8));
    }

    /** The partition of a record that is told apart by the given bytes; null bytes go by table. */
    public int partition(byte @Nullable [] bytes, int partitions) {
        return switch (policy) {
            case SINGLE -> 0;
            case TABLE -> tableHash % partitions;
            case PRIMARY_KEY -> (bytes == null ? tableHash : hash(bytes)) % partitions;
        };
    }

    private static int hash(byte[] bytes) {
        return Utils.toPositive(Utils.murmur2(bytes));
    }
}
