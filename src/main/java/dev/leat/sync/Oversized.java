package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.DeadLetter;
import dev.leat.kafka.DeadLetters;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.format.JsonDocument;
import dev.leat.kafka.format.RecordMark;
import dev.leat.settings.TooLarge;
import dev.leat.sync.oversize.KeyOnly;
import dev.leat.sync.oversize.Truncation;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What becomes of a change of one table that has a record over the topic's limit, as the task says. For one thread. */
final class Oversized {

    private final TooLarge policy;
    private final Outlet outlet;
    private final Optional<DeadLetters> letters;
    private final Incidents incidents;
    private final Truncation truncation;
    private final KeyOnly keyOnly;

    /**
     * The policy for a table.
     *
     * @param letters where dead letters go; there when the policy needs it
     * @param table the table as it stands in records
     * @param kept columns whose values are never touched: those of the key, and those that choose the partition
     */
    Oversized(
            TooLarge policy,
            Outlet outlet,
            Optional<DeadLetters> letters,
            Incidents incidents,
            Table table,
            Collection<Integer> kept) {
        this.policy = policy;
        this.outlet = outlet;
        this.letters = letters;
        this.incidents = incidents;
        this.truncation = new Truncation(table, kept);
        this.keyOnly = new KeyOnly(kept);
    }

    /**
     * Sends what the task wants in place of the records at hand.
     *
     * @return bytes of what was sent
     * @throws SyncException when the task is to stop, or when what is left is too large still
     */
    long send(Change change, KafkaSink sink, Delivery delivery) {
        return switch (policy) {
            case STOP -> throw outlet.tooLarge(change, sink);
            case DEAD_LETTER -> deadLetter(change, sink, delivery);
            case TRUNCATE -> truncated(change, sink, delivery);
            case KEY_ONLY -> keyOnly(change, sink, delivery);
        };
    }

    private long deadLetter(Change change, KafkaSink sink, Delivery delivery) {
        String message = outlet.excessText(change);
        Map<String, Object> details = Map.of(
                "topic", outlet.topic().name(),
                "sizeBytes", outlet.records().largest().contentBytes(),
                "limitBytes", outlet.topic().maxRecordBytes());
        byte[] key = outlet.records().get(0).key();
        DeadLetter letter = new DeadLetter(key, FailureKind.RECORD_TOO_LARGE.name(), message + ".", details);
        long bytes = letters.orElseThrow().send(change, letter, sink, delivery);
        incidents.deadLetter(change.table().id(), message + "; a dead letter was sent in its place.");
        return bytes;
    }

    private long truncated(Change change, KafkaSink sink, Delivery delivery) {
        SyncException failure = outlet.tooLarge(change, sink);
        String message = outlet.excessText(change);
        Set<String> cut = new TreeSet<>();
        boolean fits = truncation.shorten(change, (shorter, originalBytes) -> {
            outlet.encode(shorter);
            outlet.records().mark(new RecordMark(KafkaSink.TRUNCATED_HEADER, JsonDocument.of(originalBytes)));
            cut.clear();
            cut.addAll(originalBytes.keySet());
            return outlet.excess(sink);
        });
        if (!fits) {
            throw failure;
        }
        incidents.truncated(change.table().id(), message + "; it was cut in " + String.join(", ", cut) + ".");
        return outlet.send(change, sink, delivery);
    }

    private long keyOnly(Change change, KafkaSink sink, Delivery delivery) {
        SyncException failure = outlet.tooLarge(change, sink);
        if (!change.table().hasKey()) {
            throw failure;
        }
        String message = outlet.excessText(change);
        int bytes = outlet.records().largest().contentBytes();
        outlet.encode(keyOnly.of(change));
        outlet.records()
                .mark(new RecordMark(
                        KafkaSink.KEY_ONLY_HEADER, Integer.toString(bytes).getBytes(StandardCharsets.US_ASCII)));
        if (outlet.excess(sink) > 0) {
            throw failure;
        }
        incidents.keyOnly(change.table().id(), message + "; only its key was sent.");
        return outlet.send(change, sink, delivery);
    }
}
