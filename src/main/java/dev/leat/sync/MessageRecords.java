package dev.leat.sync;

import dev.leat.change.Origin;
import dev.leat.change.WalEvent;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Topic;
import dev.leat.kafka.format.EncodedRecord;
import dev.leat.kafka.format.MessageEncoder;
import dev.leat.kafka.format.MessageSpec;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.Heartbeat;
import java.time.Clock;
import java.util.Optional;

/** Sends logical messages to the task's topic of them, all to its first partition so that they stay in order. */
final class MessageRecords {

    private final Optional<Topic> topic;
    private final MessageEncoder encoder;

    /**
     * Messages of a run.
     *
     * @param topic where they go; empty when the task does not carry them
     */
    MessageRecords(SyncPlan plan, Optional<Topic> topic, Clock clock) {
        this.topic = topic;
        this.encoder = MessageEncoder.of(new MessageSpec(
                plan.task().names().apply(plan.source().database()),
                plan.taskName(),
                plan.version(),
                plan.task().format(),
                clock));
    }

    /** Refuses a source that could not send what the task wants, before anything is written to either end. */
    static void require(SyncPlan plan, Capabilities source) {
        if (plan.task().destination().messageTopic() != null && !source.sendsMessages()) {
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Source " + plan.source().address() + ": the server is " + source.version()
                            + "; logical messages need PostgreSQL 14 or later.",
                    "Leave destination.messageTopic out, or upgrade the server.",
                    null);
        }
    }

    /** Whether the task carries them. */
    boolean wanted() {
        return topic.isPresent();
    }

    /**
     * Sends a message, unless it is a heartbeat of Leat's own or was delivered before.
     *
     * @param delivered the checkpoint that the run began with
     * @return bytes of key and value; 0 when it was left out
     */
    long send(WalEvent.Message message, Checkpoint delivered, KafkaSink sink, Delivery delivery) {
        if (topic.isEmpty() || message.prefix().equals(Heartbeat.PREFIX) || delivered.covers(message.at())) {
            return 0;
        }
        EncodedRecord record = encoder.encode(message);
        sink.send(topic.get(), 0, position(message), record, "Logical message '" + message.prefix() + "'", delivery);
        return record.contentBytes();
    }

    /** Messages of a transaction are counted among themselves, so that each has a position of its own. */
    private static Origin position(WalEvent.Message message) {
        Origin at = message.at();
        return new Origin(
                at.commitLsn(),
                at.lsn(),
                message.number(),
                at.transactionId(),
                at.committedAtMicros(),
                at.previousCommitLsn());
    }
}
