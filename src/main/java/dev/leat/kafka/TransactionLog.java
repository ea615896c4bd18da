package dev.leat.kafka;

import java.util.List;

/**
 * The topic in which the brokers keep their transactions, at its weakest partition.
 *
 * @param replicas brokers that are to hold the partition
 * @param missing ids of those that do not keep up
 * @param needed replicas that have to keep up before anything is written (min.insync.replicas)
 */
public record TransactionLog(int replicas, List<Integer> missing, int needed) {

    /** Kafka's own name of it. */
    public static final String TOPIC = "__transaction_state";

    /** Whether it takes what it is to keep. */
    public boolean writable() {
        return replicas - missing.size() >= needed;
    }
}
