package dev.leat.kafka.format;

import static dev.leat.kafka.format.ColumnJson.quoted;
import static dev.leat.kafka.format.ColumnJson.utf8;

import dev.leat.change.Origin;
import java.time.Clock;
import java.time.Instant;

/** Writes what stands around the row images in Debezium's records; what does not change is rendered once. */
final class DebeziumEnvelope {

    private static final byte[] AFTER = utf8(",\"after\":");
    private static final byte[] TIME_MILLIS = utf8(",\"ts_ms\":");
    private static final byte[] TIME_MICROS = utf8(",\"ts_us\":");
    private static final byte[] TIME_NANOS = utf8(",\"ts_ns\":");
    private static final byte[] SNAPSHOT = utf8(",\"snapshot\":\"");
    private static final byte[] LSN = utf8(",\"lsn\":");
    private static final byte[] OPERATION = utf8(",\"xmin\":null},\"transaction\":null,\"op\":\"");
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
        long micros = origin.committedAtMicros();
        out.raw(source);
        out.number(Math.floorDiv(micros, 1000L));
        out.raw(SNAPSHOT);
        out.raw(operation.snapshot());
        out.raw(database);
        sequence(out, origin);
        out.raw(TIME_MICROS);
        out.number(micros);
        out.raw(TIME_NANOS);
        out.number(micros * 1000);
        out.raw(tableNames);
        if (origin.transactionId() == 0) {
            out.none();
        } else {
            out.number(Integer.toUnsignedLong(origin.transactionId()));
        }
        out.raw(LSN);
        out.number(origin.lsn());
        out.raw(OPERATION);
        out.ascii(operation.code());
        out.ascii('"');
        writtenAt(out);
        out.raw(tail);
    }

    /** The commit before and the change itself, as an array of strings that is a string in turn. */
    private static void sequence(JsonBuffer out, Origin origin) {
        if (origin.previousCommitLsn() == 0) {
            out.raw(SEQUENCE_NULL);
        } else {
            out.raw(SEQUENCE_QUOTE);
            out.number(origin.previousCommitLsn());
            out.raw(SEQUENCE_COMMA);
        }
        out.number(origin.lsn());
        out.raw(SEQUENCE_END);
    }

    private void writtenAt(JsonBuffer out) {
        Instant now = clock.instant();
        long nanos = now.getEpochSecond() * 1_000_000_000 + now.getNano();
        out.raw(TIME_MILLIS);
        out.number(nanos / 1_000_000);
        out.raw(TIME_MICROS);
        out.number(nanos / 1000);
        out.raw(TIME_NANOS);
        out.number(nanos);
    }
}
