package dev.leat.postgres.pgoutput;

import dev.leat.change.Row;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.pgoutput.PgOutputMessage.RelationColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one pgoutput message from bytes. Pure: the same bytes give the same message, and bytes that are no message end
 * in one {@link SyncException} of kind {@code SOURCE_PROTOCOL}.
 */
public final class PgOutputDecoder {

    /** Microseconds from 1970 to 2000, where PostgreSQL's clock starts. */
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int at;

    private PgOutputDecoder(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /**
     * Decodes the message that fills an array from a place to its end.
     *
     * @param before filled with the old row or key, where the message has one
     * @param after filled with the new row, where the message has one
     */
    public static PgOutputMessage decode(byte[] bytes, int from, Row before, Row after) {
        PgOutputDecoder decoder = new PgOutputDecoder(bytes, from);
        PgOutputMessage message = decoder.message(before, after);
        if (decoder.at != bytes.length) {
            throw decoder.malformed("has bytes left over");
        }
        return message;
    }

    private PgOutputMessage message(Row before, Row after) {
        byte type = int8();
        return switch (type) {
            case 'I' -> insert(after);
            case 'U' -> update(before, after);
            case 'D' -> delete(before);
            case 'B' -> new PgOutputMessage.Begin(int64(), micros(), int32());
            case 'C' -> commit();
            case 'R' -> relation();
            case 'Y' -> new PgOutputMessage.Type(int32(), string(), string());
            case 'O' -> new PgOutputMessage.Origin(int64(), string());
            case 'T' -> truncate();
            case 'M' -> logicalMessage();
            default -> throw malformed("is of unknown type " + type);
        };
    }

    private PgOutputMessage insert(Row after) {
        int relation = int32();
        if (int8() != 'N') {
            throw malformed("is an insert without a new row");
        }
        tuple(after, false);
        return new PgOutputMessage.Insert(relation, after);
    }

    private PgOutputMessage update(Row before, Row after) {
        int relation = int32();
        byte part = int8();
        boolean known = part == 'K' || part == 'O';
        if (known) {
            tuple(before, part == 'K');
            part = int8();
        }
        if (part != 'N') {
            throw malformed("is an update without a new row");
        }
        tuple(after, false);
        return new PgOutputMessage.Update(relation, known ? before : null, after);
    }

    private PgOutputMessage delete(Row before) {
        int relation = int32();
        byte part = int8();
        if (part != 'K' && part != 'O') {
            throw malformed("is a delete without a key");
        }
        tuple(before, part == 'K');
        return new PgOutputMessage.Delete(relation, before);
    }

    private void tuple(Row row, boolean keyOnly) {
        row.reset(bytes, keyOnly);
        int columns = int16();
        for (int i = 0; i < columns; i++) {
            switch (int8()) {
                case 't' -> {
                    int length = int32();
                    need(length);
                    row.add(at, length);
                    at += length;
                }
                case 'n' -> row.add(at, Row.NULL);
                case 'u' -> row.add(at, Row.UNCHANGED);
                default -> throw malformed("has a value of unknown form");
            }
        }
    }

    private PgOutputMessage commit() {
        int8();
        return new PgOutputMessage.Commit(int64(), int64(), micros());
    }

    private PgOutputMessage relation() {
        int oid = int32();
        String schema = string();
        String table = string();
        char identity = (char) int8();
        int count = int16();
        List<RelationColumn> columns = new ArrayList<>(Math.min(count, 1_664));
        for (int i = 0; i < count; i++) {
            boolean key = (int8() & 1) != 0;
            columns.add(new RelationColumn(string(), key, int32(), int32()));
        }
        // the protocol leaves out the name of pg_catalog
        return new PgOutputMessage.Relation(
                oid, schema.isEmpty() ? "pg_catalog" : schema, table, identity, List.copyOf(columns));
    }

    private PgOutputMessage truncate() {
        int count = int32();
        int8();
        need(count * 4L);
        List<Integer> relations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            relations.add(int32());
        }
        return new PgOutputMessage.Truncate(List.copyOf(relations));
    }

    private PgOutputMessage logicalMessage() {
        boolean transactional = (int8() & 1) != 0;
        long lsn = int64();
        String prefix = string();
        int length = int32();
        need(length);
        byte[] content = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return new PgOutputMessage.Message(transactional, lsn, prefix, content);
    }

    private byte int8() {
        need(1);
        return bytes[at++];
    }

    private int int16() {
        need(2);
        int value = (short) SHORT.get(bytes, at) & 0xffff;
        at += 2;
        return value;
    }

    private int int32() {
        need(4);
        int value = (int) INT.get(bytes, at);
        at += 4;
        return value;
    }

    private long int64() {
        need(8);
        long value = (long) LONG.get(bytes, at);
        at += 8;
        return value;
    }

    private long micros() {
        return int64() + POSTGRES_EPOCH_MICROS;
    }

    private String string() {
        int end = at;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        need(end - at + 1L);
        String text = new String(bytes, at, end - at, StandardCharsets.UTF_8);
        at = end + 1;
        return text;
    }

    private void need(long count) {
        if (count < 0 || count > bytes.length - at) {
            throw malformed("is cut short");
        }
    }

    private SyncException malformed(String what) {
        return new SyncException(
                FailureKind.SOURCE_PROTOCOL,
                "pgoutput message of " + bytes.length + " bytes " + what + ", at byte " + at + ".");
    }
}
