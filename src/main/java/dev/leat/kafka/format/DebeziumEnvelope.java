package dev.leat.kafka.format;

import static dev.leat.kafka.format.ColumnJson.quoted;
import static dev.leat.kafka.format.ColumnJson.utf8;

import dev.leat.change.Origin;
import java.time.Clock;
import java.time.Instant;

/** Writes what stands around the row images in Debezium's records; what does not change is rendered once. */
final class DebeziumEnvelope {

    private static final byte[] AFTER = utf8(",\"after\":");
    private static final byte[] WRITTEN_MILLIS = utf8("\",\"ts_ms\":");
    private static final byte[] TIME_MICROS = utf8(",\"ts_us\":");
    private static final byte[] TIME_NANOS = utf8(",\"ts_ns\":");
    private static final byte[] SNAPSHOT = utf8(",\"snapshot\":\"");
    private static final byte[] LSN = utf8(",\"lsn\":");
    private static final byte[] ORIGIN = utf8(",\"xmin\":null,\"origin\":");
    private static final byte[] ORIGIN_LSN = utf8(",\"origin_lsn\":");
    private static final byte[] OPERATION = utf8("},\"transaction\":null,\"op\":\"");
    private static final byte[] SEQUENCE_COMMA = utf8("\\\",\\\"");
    private static final byte[] SEQUENCE_QUOTE = utf8("\\\"");
    private static final byte[] SEQUENCE_NULL = utf8("null,\\\"");
    private static final byte[] SEQUENCE_END = utf8("\\\"]\"");

    private final Clock clock;
    private final byte[] before;
    private final byte[] source;
    private final byte[] database;
    private final byte[] tableNames;
    private final byte[] tail;

    private final JsonBuffer beforeLsn = new JsonBuffer();
    private final JsonBuffer behindLsn = new JsonBuffer();
    private final JsonBuffer behindOwnLsn = new JsonBuffer();
    private long micros;
    private int transactionId;
    private long previousCommitLsn;
    private boolean snapshot;
    private long originLsn;

    /**
     * Renders the constants.
     *
     * @param spec the shape and what is known of the task
     * @param topicPrefix the name of the source
     * @param head what stands before the envelope
     * @param tail what stands behind it
     */
    DebeziumEnvelope(EncoderSpec spec, String topicPrefix, String head, String tail) {
        this.clock = spec.clock();
        this.before = utf8(head + "{\"before\":");
        this.source = utf8(",\"source\":{\"version\":" + quoted(spec.version())
                + ",\"connector\":\"postgresql\",\"name\":" + quoted(topicPrefix) + ",\"ts_ms\":");
        this.database = utf8("\",\"db\":" + quoted(spec.database()) + ",\"sequence\":\"[");
        this.tableNames = utf8(",\"schema\":" + quoted(spec.table().id().schema()) + ",\"table\":"
                + quoted(spec.table().id().table()) + ",\"txId\":");
        this.tail = utf8("}" + tail);
    }

    /** Begins a record; the image before follows. */
    void before(JsonBuffer out) {
        out.raw(before);
    }

    /** Goes on to the image after. */
    void after(JsonBuffer out) {
        out.raw(AFTER);
    }

    /** Ends a record: where the change comes from, what it is, and when the record was written. */
    void end(JsonBuffer out, Origin origin, DebeziumOperation operation) {
        if (origin.committedAtMicros() != micros
                || origin.transactionId() != transactionId
                || origin.previousCommitLsn() != previousCommitLsn
                || operation.isSnapshot() != snapshot
                || origin.originLsn() != originLsn
                || beforeLsn.size() == 0) {
            begin(origin, operation);
        }
        out.raw(beforeLsn.array(), 0, beforeLsn.size());
        int lsnStart = out.size();
        out.number(origin.lsn());
        int lsnEnd = out.size();
        out.raw(behindLsn.array(), 0, behindLsn.size());
        out.again(lsnStart, lsnEnd);
        out.raw(behindOwnLsn.array(), 0, behindOwnLsn.size());
        out.ascii(operation.code());
        writtenAt(out);
        out.raw(tail);
    }

    /** Renders what the changes of one transaction share. */
    private void begin(Origin origin, DebeziumOperation operation) {
        micros = origin.committedAtMicros();
        transactionId = origin.transactionId();
        previousCommitLsn = origin.previousCommitLsn();
        snapshot = operation.isSnapshot();
        originLsn = origin.originLsn();
        beforeLsn.reset();
        beforeLsn.raw(source);
        beforeLsn.number(Math.floorDiv(micros, 1000L));
        beforeLsn.raw(SNAPSHOT);
        beforeLsn.truth(snapshot);
        beforeLsn.raw(database);
        if (previousCommitLsn == 0) {
            beforeLsn.raw(SEQUENCE_NULL);
        } else {
            beforeLsn.raw(SEQUENCE_QUOTE);
            beforeLsn.number(previousCommitLsn);
            beforeLsn.raw(SEQUENCE_COMMA);
        }
        behindLsn.reset();
        behindLsn.raw(SEQUENCE_END);
        behindLsn.raw(TIME_MICROS);
        behindLsn.number(micros);
        behindLsn.raw(TIME_NANOS);
        behindLsn.number(micros * 1000);
        behindLsn.raw(tableNames);
        if (transactionId == 0) {
            behindLsn.none();
        } else {
            behindLsn.number(Integer.toUnsignedLong(transactionId));
        }
        behindLsn.raw(LSN);
        behindOwnLsn.reset();
        behindOwnLsn.raw(ORIGIN);
        origin(origin);
        behindOwnLsn.raw(OPERATION);
    }

    /** Where the transaction was replicated from, for those that were. */
    private void origin(Origin origin) {
        String name = origin.replicatedFrom();
        if (name == null) {
            behindOwnLsn.none();
            behindOwnLsn.raw(ORIGIN_LSN);
            behindOwnLsn.none();
        } else {
            behindOwnLsn.ascii(quoted(name));
            behindOwnLsn.raw(ORIGIN_LSN);
            behindOwnLsn.number(origin.originLsn());
        }
    }

    private void writtenAt(JsonBuffer out) {
        Instant now = clock.instant();
        out.raw(WRITTEN_MILLIS);
        int start = out.size();
        out.number(now.getEpochSecond());
        out.padded(now.getNano(), 9);
        int end = out.size();
        out.end(end - 6);
        out.raw(TIME_MICROS);
        // the last six digits are overwritten by now
        out.again(start, end - 6);
        out.padded(now.getNano() / 1000 % 1000, 3);
        out.raw(TIME_NANOS);
        out.again(start, end - 6);
        out.padded(now.getNano() % 1_000_000, 6);
    }
}
