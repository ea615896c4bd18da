package dev.leat.precheck;

import java.util.List;

/** Whether the brokers are new enough for what Leat asks of them; how old they are is told by what they understand. */
final class KafkaVersionCheck implements Check {

    /** METADATA requests of Kafka 2.4, which also lets the brokers choose how many partitions a new topic gets. */
    private static final int LEAST_METADATA = 9;

    private static final int METADATA_OF_2_3 = 8;

    @Override
    public String name() {
        return "KAFKA_VERSION";
    }

    @Override
    public String title() {
        return "Brokers are of a version that Leat can write to";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        int metadata = context.destination().trial().metadataVersion();
        return metadata >= LEAST_METADATA
                ? new Outcome.Passed()
                : Outcome.of(List.of(Finding.error(
                        context.plan().destination().bootstrapServers(),
                        "The broker is a Kafka " + (metadata == METADATA_OF_2_3 ? "2.3" : "older than 2.3")
                                + " by what it understands (METADATA up to version " + metadata
                                + "); Kafka 2.4 or later is needed.",
                        "Upgrade the brokers to Kafka 2.4 or later.")));
    }
}
