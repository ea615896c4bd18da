package dev.leat.kafka;

/** What a producer is made for: as many records as possible, or each as soon as possible. */
public enum Pace {
    /** The full phase: batches fill up. */
    BULK(5, 5),
    /**
     * The incremental phase: a record leaves at once when nothing is under way, else with those that gather until the
     * answer to the request before. So batches grow with the load, and no record waits for a clock.
     */
    PROMPT(0, 1);

    private final int lingerMillis;
    private final int requestsInFlight;

    Pace(int lingerMillis, int requestsInFlight) {
        this.lingerMillis = lingerMillis;
        this.requestsInFlight = requestsInFlight;
    }

    int lingerMillis() {
        return lingerMillis;
    }

    int requestsInFlight() {
        return requestsInFlight;
    }
}
