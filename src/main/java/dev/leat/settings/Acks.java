package dev.leat.settings;

/** Which acknowledgement of Kafka a record waits for. Only {@code ALL} survives the loss of a broker. */
public enum Acks {
    NONE("0"),
    LEADER("1"),
    ALL("all");

    private final String kafkaName;

    Acks(String kafkaName) {
        this.kafkaName = kafkaName;
    }

    /** Kafka's own name for it. */
    public String kafkaName() {
        return kafkaName;
    }
}
