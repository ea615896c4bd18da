package dev.leat.kafka;

/** How the transactional ids of a task are called: all begin alike, so that one right in Kafka covers them. */
public final class TransactionalIds {

    private final String prefix;

    /** Ids of a task whose runs call themselves by an application name. */
    public TransactionalIds(String applicationName) {
        this.prefix = applicationName + "-";
    }

    /** What all of them begin with, and nobody else's. */
    public String prefix() {
        return prefix;
    }

    /** The id of one of the task's producers, which count from 0. */
    public String of(int producer) {
        return prefix + producer;
    }
}
