package dev.leat.connection;

/** Tries an endpoint step by step. */
final class EndpointTrial {

    private EndpointTrial() {}

    /** Tries a connection that was checked, its secrets readable. */
    static ConnectivityReport of(ConnectionDraft checked) {
        return checked.kind() == ConnectionKind.KAFKA
                ? new KafkaTrial(Endpoints.kafka(checked)).run()
                : new SourceTrial(Endpoints.source(checked)).run();
    }
}
