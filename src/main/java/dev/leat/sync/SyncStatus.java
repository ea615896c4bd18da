package dev.leat.sync;

import dev.leat.change.TableId;
import dev.leat.settings.Phase;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The live numbers of a run; written on the road of a row, read by metrics, console and REST at any time. */
public final class SyncStatus {

    private final InstantSource clock;
    private final LongAdder fullRows = new LongAdder();
    private final LongAdder fullBytes = new LongAdder();
    private final LongAdder incrementalRows = new LongAdder();
    private final LongAdder incrementalBytes = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final LongAdder shortened = new LongAdder();
    private final Map<TableId, TableProgress> tables = new ConcurrentHashMap<>();
    private volatile @Nullable Phase phase;
    private volatile long oldestPendingMicros;
    private volatile long readingMicros;
    private volatile boolean following;
    private volatile long walEnd;
    private volatile long confirmed;
    private volatile @Nullable SlotHealth slot;

    SyncStatus(InstantSource clock) {
        this.clock = clock;
    }

    /** The phase the run is in; empty before the first. */
    public Optional<Phase> phase() {
        return Optional.ofNullable(phase);
    }

    /** Rows or changes given to Kafka in a phase. */
    public long rows(Phase of) {
        return switch (of) {
            case SCHEMA -> 0;
            case FULL -> fullRows.sum();
            case INCREMENTAL -> incrementalRows.sum();
        };
    }

    /** Bytes of keys and values given to Kafka in a phase. */
    public long bytes(Phase of) {
        return switch (of) {
            case SCHEMA -> 0;
            case FULL -> fullBytes.sum();
            case INCREMENTAL -> incrementalBytes.sum();
        };
    }

    /** Changes in whose place a dead letter was sent. */
    public long deadLetters() {
        return deadLetters.sum();
    }

    /** Changes whose records were cut, or reduced to their key, because they were too large. */
    public long shortenedRecords() {
        return shortened.sum();
    }

    /**
     * How long the oldest change that is not delivered yet has been committed, in seconds; 0 when all is delivered; empty
     * outside the incremental phase.
     */
    public Optional<Double> delaySeconds() {
        if (!following) {
            return Optional.empty();
        }
        long sent = oldestPendingMicros;
        long read = readingMicros;
        long pending = sent == 0 || read == 0 ? Math.max(sent, read) : Math.min(sent, read);
        return Optional.of(pending == 0 ? 0 : Math.max(0, clock.millis() - pending / 1000.0) / 1000);
    }

    /** Source's WAL end less the confirmed position, in bytes; empty while unknown. */
    public OptionalLong lagBytes() {
        return walEnd == 0 || confirmed == 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, walEnd - confirmed));
    }

    /** Bytes of WAL that the source keeps because of the slot; empty while unknown. */
    public OptionalLong walHeldBytes() {
        return slot().stream().mapToLong(seen -> seen.trend().heldBytes()).findFirst();
    }

    /** What the last look at the slot found; empty before the first. */
    public Optional<SlotHealth> slot() {
        return Optional.ofNullable(slot);
    }

    /** The tables as they stand now. */
    public Map<TableId, TableProgress> tables() {
        return tables;
    }

    void enter(Phase next) {
        phase = next;
        following = next == Phase.INCREMENTAL;
    }

    void sent(Phase of, long rows, long bytes) {
        if (of == Phase.FULL) {
            fullRows.add(rows);
            fullBytes.add(bytes);
        } else {
            incrementalRows.add(rows);
            incrementalBytes.add(bytes);
        }
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void shortened() {
        shortened.increment();
    }

    /** A table has come further; one that was set aside stays so in this run, whoever still counts its rows. */
    void table(TableProgress progress) {
        tables.merge(
                progress.id(),
                progress,
                (before, now) -> before.state() == TableProgress.State.SET_ASIDE ? before : now);
    }

    /** The commit time of the oldest change that was sent and is not delivered; 0 when there is none. */
    void pendingSince(long micros) {
        oldestPendingMicros = micros;
    }

    /** The commit time of the transaction at hand; 0 when nothing that was read is left to send. */
    void reading(long micros) {
        readingMicros = micros;
    }

    void walEnd(long lsn) {
        walEnd = Long.compareUnsigned(lsn, walEnd) > 0 ? lsn : walEnd;
    }

    void confirmed(long lsn) {
        confirmed = lsn;
    }

    void slot(SlotHealth seen) {
        slot = seen;
    }
}
