package dev.leat.kafka.format;

import static dev.leat.kafka.format.ColumnJson.utf8;

import dev.leat.change.Origin;
import java.time.Clock;
import java.time.Instant;

/** Writes what stands around the row images in Debezium's records in Avro; what does not change is rendered once. */
final class AvroEnvelope {

    /** {@code snapshot} is a union whose default, a string, comes first. */
    private static final int STRING_FIRST = 0;

    private static final byte[] TRUE = utf8("true");
    private static final byte[] FALSE = utf8("false");
    private static final byte[] SEQUENCE_QUOTE = utf8("[\"");
    private static final byte[] SEQUENCE_COMMA = utf8("\",\"");
    private static final byte[] SEQUENCE_NULL = utf8("[null,\"");
    private static final byte[] SEQUENCE_END = utf8("\"]");

    private final Clock clock;
    private final byte[] connector;
    private final byte[] database;
    private final byte[] tableNames;
    private final JsonBuffer sequence = new JsonBuffer();

    /**
     * Renders the constants.
     *
     * @param spec the shape and what is known of the task
     * @param topicPrefix the name of the source
     */
    AvroEnvelope(EncoderSpec spec, String topicPrefix) {
        this.clock = spec.clock();
        this.connector = strings(spec.version(), "postgresql", topicPrefix);
        this.database = strings(spec.database());
        this.tableNames = strings(spec.table().id().schema(), spec.table().id().table());
    }

    private static byte[] strings(String... texts) {
        AvroBuffer rendered = new AvroBuffer();
        for (String text : texts) {
            rendered.bytes(utf8(text));
        }
        return rendered.take();
    }

    /** Ends a record behind its images: where the change comes from, what it is, and when the record was written. */
    void end(AvroBuffer out, Origin origin, DebeziumOperation operation) {
        source(out, origin, operation.isSnapshot());
        // no transaction block
        out.branch(AvroSchemas.NULL);
        out.number(1);
        out.octet(operation.code());
        Instant now = clock.instant();
        long seconds = now.getEpochSecond();
        present(out, seconds * 1_000 + now.getNano() / 1_000_000);
        present(out, seconds * 1_000_000 + now.getNano() / 1_000);
        present(out, seconds * 1_000_000_000 + now.getNano());
    }

    private void source(AvroBuffer out, Origin origin, boolean snapshot) {
        long micros = origin.committedAtMicros();
        out.raw(connector);
        out.number(Math.floorDiv(micros, 1_000L));
        out.branch(STRING_FIRST);
        out.bytes(snapshot ? TRUE : FALSE);
        out.raw(database);
        sequence(origin);
        out.branch(AvroSchemas.VALUE);
        out.bytes(sequence.array(), 0, sequence.size());
        present(out, micros);
        present(out, micros * 1_000);
        out.raw(tableNames);
        if (origin.transactionId() == 0) {
            out.branch(AvroSchemas.NULL);
        } else {
            present(out, Integer.toUnsignedLong(origin.transactionId()));
        }
        present(out, origin.lsn());
        // no xmin
        out.branch(AvroSchemas.NULL);
        origin(out, origin);
    }

    /** Where the transaction was replicated from, for those that were. */
    private static void origin(AvroBuffer out, Origin origin) {
        String name = origin.replicatedFrom();
        if (name == null) {
            out.branch(AvroSchemas.NULL);
            out.branch(AvroSchemas.NULL);
        } else {
            out.branch(AvroSchemas.VALUE);
            out.bytes(utf8(name));
            present(out, origin.originLsn());
        }
    }

    /** The commit before and the change's own place, as a JSON array in a string. */
    private void sequence(Origin origin) {
        sequence.reset();
        if (origin.previousCommitLsn() == 0) {
            sequence.raw(SEQUENCE_NULL);
        } else {
            sequence.raw(SEQUENCE_QUOTE);
            sequence.number(origin.previousCommitLsn());
            sequence.raw(SEQUENCE_COMMA);
        }
        sequence.number(origin.lsn());
        sequence.raw(SEQUENCE_END);
    }

    private static void present(AvroBuffer out, long value) {
        out.branch(AvroSchemas.VALUE);
        out.number(value);
    }
}
