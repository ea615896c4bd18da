package dev.leat.settings;

/** How Kafka is spoken to. The names with {@code TLS} encrypt, those with {@code SASL} sign in. */
public enum KafkaSecurity {
    PLAINTEXT("PLAINTEXT", ""),
    TLS("SSL", ""),
    SASL_PLAIN("SASL_PLAINTEXT", "PLAIN"),
    SASL_SCRAM_SHA_256("SASL_PLAINTEXT", "SCRAM-SHA-256"),
    SASL_SCRAM_SHA_512("SASL_PLAINTEXT", "SCRAM-SHA-512"),
    SASL_TLS_PLAIN("SASL_SSL", "PLAIN"),
    SASL_TLS_SCRAM_SHA_256("SASL_SSL", "SCRAM-SHA-256"),
    SASL_TLS_SCRAM_SHA_512("SASL_SSL", "SCRAM-SHA-512");

    private final String protocol;
    private final String mechanism;

    KafkaSecurity(String protocol, String mechanism) {
        this.protocol = protocol;
        this.mechanism = mechanism;
    }

    /** Kafka's {@code security.protocol}. */
    public String protocol() {
        return protocol;
    }

    /** Kafka's {@code sasl.mechanism}; empty where nobody signs in. */
    public String mechanism() {
        return mechanism;
    }

    /** Whether the way is encrypted and the brokers prove who they are. */
    public boolean encrypts() {
        return protocol.endsWith("SSL");
    }

    /** Whether a password that is sent this way is no easier to learn than that way; PLAIN hands it to the broker. */
    public boolean protectsAsWellAs(KafkaSecurity other) {
        boolean handedOver = mechanism.equals("PLAIN") && !other.mechanism.equals("PLAIN");
        return (encrypts() || !other.encrypts()) && !handedOver;
    }
}
