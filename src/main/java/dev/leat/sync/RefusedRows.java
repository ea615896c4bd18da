package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.failure.SyncException;
import dev.leat.kafka.DeadLetter;
import dev.leat.kafka.DeadLetters;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.settings.OnRowError;
import dev.leat.shape.RowRefused;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row of one table that ETL cannot work on: the task stops, the table is set aside, or a dead letter
 * goes in the row's place.
 */
final class RefusedRows {

    private static final String REASON = "ETL";

    private final OnRowError policy;
    private final @Nullable DeadLetters letters;
    private final Incidents incidents;

    /** The policy for a table, and where its dead letters go; null where it sends none. */
    RefusedRows(OnRowError policy, @Nullable DeadLetters letters, Incidents incidents) {
        this.policy = policy;
        this.letters = letters;
        this.incidents = incidents;
    }

    /**
     * Sends a dead letter.
     *
     * @return its bytes
     * @throws SyncException when the task is to stop
     * @throws RowRefused when the table is to be set aside
     */
    long send(RowRefused refused, KafkaSink sink, Delivery delivery) {
        if (policy == OnRowError.SET_ASIDE) {
            throw refused;
        }
        if (letters == null) {
            throw refused.failure();
        }
        Change change = refused.change();
        String message = String.valueOf(refused.failure().getMessage());
        DeadLetter letter = new DeadLetter(DeadLetters.keyOf(change), REASON, message, Map.of());
        long bytes = letters.send(change, letter, sink, delivery);
        incidents.deadLetter(change.table().id(), message + " A dead letter was sent in its place.");
        return bytes;
    }
}
