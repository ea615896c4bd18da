package dev.leat.kafka.format;

import static dev.leat.kafka.format.ColumnJson.quoted;
import static dev.leat.kafka.format.ColumnJson.utf8;

import dev.leat.change.Column;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what stands around the images in DTS's records; what does not depend on the change is rendered once. */
final class DtsRecord {

    /** Operations by their place in the schema. */
    enum Operation {
        INSERT(0),
        UPDATE(1),
        DELETE(2),
        DDL(3),
        INIT(16);

        private final int place;

        Operation(int place) {
            this.place = place;
        }
    }

    /** Branches of the unions that hold columns and images. */
    static final int NULL = 0;

    static final int STRING = 1;
    static final int ARRAY = 2;

    private static final int POSTGRESQL = 3;
    private static final int VERSION = 0;

    private final byte[] head;
    private final byte[] source;
    private final byte[] names;
    private final byte[] tags;
    private final byte[] fields;
    private final AtomicLong recordNumber;
    private final JsonBuffer digits = new JsonBuffer();

    DtsRecord(EncoderSpec spec, byte[] head) {
        this.head = head;
        this.source = source(spec.sourceVersion());
        this.names = names(spec.database(), spec.table().id());
        this.tags = tags(spec.table());
        this.fields = fields(spec.table());
        this.recordNumber = spec.recordNumber();
    }

    /** Begins a row's record; the image before follows, then the one after. */
    void begin(AvroBuffer out, Origin origin, Operation operation) {
        head(out, origin, operation);
        out.raw(tags);
        out.raw(fields);
    }

    /** Ends a record. */
    void end(AvroBuffer out, Origin origin) {
        out.number(Math.floorDiv(origin.committedAtMicros(), 1_000L));
    }

    /** A whole record that says a statement. */
    void statement(AvroBuffer out, Origin origin, String sql) {
        head(out, origin, Operation.DDL);
        // neither tags, nor fields, nor an image before
        out.number(0);
        out.branch(NULL);
        out.branch(NULL);
        out.branch(STRING);
        out.bytes(utf8(sql));
        end(out, origin);
    }

    private void head(AvroBuffer out, Origin origin, Operation operation) {
        out.raw(head);
        out.number(VERSION);
        out.number(recordNumber.incrementAndGet());
        out.number(Math.floorDiv(origin.committedAtMicros(), 1_000_000L));
        position(out, origin.lsn());
        // no position that it would be safer to begin at
        out.number(0);
        digits.reset();
        digits.number(Integer.toUnsignedLong(origin.transactionId()));
        out.bytes(digits.array(), 0, digits.size());
        out.raw(source);
        out.number(operation.place);
        out.raw(names);
    }

    /** A position as PostgreSQL prints it. */
    private void position(AvroBuffer out, long lsn) {
        digits.reset();
        digits.hex(lsn >>> 32);
        digits.ascii('/');
        digits.hex(lsn & 0xFFFF_FFFFL);
        out.bytes(digits.array(), 0, digits.size());
    }

    private static byte[] source(String version) {
        AvroBuffer rendered = new AvroBuffer();
        rendered.number(POSTGRESQL);
        rendered.bytes(utf8(version));
        return rendered.take();
    }

    /** The name in three parts, and no times of processing. */
    private static byte[] names(String database, TableId table) {
        AvroBuffer rendered = new AvroBuffer();
        rendered.branch(AvroSchemas.VALUE);
        rendered.bytes(utf8(Stream.of(database, table.schema(), table.table())
                .map(part -> part.replace(".", "\\u002E"))
                .collect(Collectors.joining("."))));
        rendered.branch(NULL);
        return rendered.take();
    }

    /** The key as a tag; which unique keys there are beside it, the shape does not know. */
    private static byte[] tags(Table table) {
        AvroBuffer rendered = new AvroBuffer();
        if (table.hasKey()) {
            String key = table.key().stream()
                    .map(column -> quoted(table.columns().get(column).name()))
                    .collect(Collectors.joining(",", "{\"PRIMARY\":[", "]}"));
            rendered.number(1);
            rendered.bytes(utf8("pk_uk_info"));
            rendered.bytes(utf8(key));
        }
        rendered.number(0);
        return rendered.take();
    }

    private static byte[] fields(Table table) {
        AvroBuffer rendered = new AvroBuffer();
        rendered.branch(ARRAY);
        int block = rendered.openBlock();
        for (Column column : table.columns()) {
            rendered.bytes(utf8(column.name()));
            rendered.number(column.type().undomained().oid());
        }
        rendered.closeBlock(block, table.columns().size());
        return rendered.take();
    }
}
