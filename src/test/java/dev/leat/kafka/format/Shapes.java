package dev.leat.kafka.format;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.UnavailableValues;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Types, shapes and rows for the tests of this package. */
final class Shapes {

    /** Stands for an unchanged large value in {@link #row}. */
    static final String UNCHANGED = "\0unchanged";

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-04T11:51:31.987654321Z"), ZoneOffset.UTC);
    static final Origin ORIGIN = new Origin(4_000, 3_900, 7, 791, 1_700_000_000_123_456L, 3_800);

    /** A registry that gives every schema the same id. */
    static final SchemaIds SCHEMAS = (subject, schema) -> 258;

    private Shapes() {}

    static DataType base(int oid, String name, String sqlName, int modifier) {
        return new DataType(oid, name, sqlName, modifier, DataType.Kind.BASE, null, oid == Oids.BOX ? ';' : ',');
    }

    static DataType base(int oid, String name) {
        return base(oid, name, name, -1);
    }

    static DataType int4() {
        return base(Oids.INT4, "int4", "integer", -1);
    }

    static DataType text() {
        return base(Oids.TEXT, "text");
    }

    static DataType bytea() {
        return base(Oids.BYTEA, "bytea");
    }

    static DataType numeric() {
        return base(Oids.NUMERIC, "numeric");
    }

    static DataType numeric(int precision, int scale) {
        return base(Oids.NUMERIC, "numeric", "numeric", (precision << 16 | (scale & 0x7ff)) + 4);
    }

    static DataType array(DataType element) {
        return new DataType(
                100_000 + element.oid(),
                "_" + element.name(),
                element.sqlName() + "[]",
                element.modifier(),
                DataType.Kind.ARRAY,
                new DataType(
                        element.oid(),
                        element.name(),
                        element.sqlName(),
                        -1,
                        element.kind(),
                        element.inner(),
                        element.delimiter()));
    }

    static DataType domain(DataType of) {
        return new DataType(200_000, "a_domain", "a_domain", -1, DataType.Kind.DOMAIN, of);
    }

    static DataType kind(String name, DataType.Kind kind) {
        return new DataType(300_000, name, name, -1, kind, null);
    }

    static Column column(String name, DataType type) {
        return new Column(name, type, false);
    }

    static Column required(String name, DataType type) {
        return new Column(name, type, true);
    }

    static Table table(List<Integer> key, Column... columns) {
        return new Table(16_400, new TableId("public", "item"), List.of(columns), key, false);
    }

    static EncoderSpec spec(FormatKind kind, Table table, String... options) {
        return spec(kind, table, UnavailableValues.PLACEHOLDER, true, List.of(), options);
    }

    static EncoderSpec spec(
            FormatKind kind,
            Table table,
            UnavailableValues unavailable,
            boolean splitsKeyChange,
            List<Integer> partitionColumns,
            String... options) {
        Map<String, String> chosen = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            chosen.put(options[i], options[i + 1]);
        }
        return new EncoderSpec(
                table,
                "shop",
                "leat",
                "1.2.3",
                new FormatSettings(kind, chosen),
                unavailable,
                splitsKeyChange,
                partitionColumns,
                new AtomicLong(40),
                CLOCK,
                "shop",
                "12.12",
                SCHEMAS);
    }

    /** A row of values in PostgreSQL's text form; null is NULL. */
    static Row row(String... values) {
        return row(false, values);
    }

    /** A row of which only the key is known. */
    static Row keyRow(String... values) {
        return row(true, values);
    }

    private static Row row(boolean keyOnly, String... values) {
        byte[][] bytes = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = values[i] == null || values[i].equals(UNCHANGED)
                    ? null
                    : values[i].getBytes(StandardCharsets.UTF_8);
        }
        Row row = bytesRow(keyOnly, bytes);
        Row marked = new Row();
        marked.reset(row.bytes(), keyOnly);
        for (int i = 0; i < values.length; i++) {
            marked.add(row.start(i), UNCHANGED.equals(values[i]) ? Row.UNCHANGED : row.length(i));
        }
        return marked;
    }

    /** A row whose values lie between other bytes, as they do in a message; null is NULL. */
    static Row bytesRow(boolean keyOnly, byte[]... values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<int[]> places = new ArrayList<>();
        for (byte[] value : values) {
            all.write('"');
            places.add(new int[] {all.size(), value == null ? Row.NULL : value.length});
            if (value != null) {
                all.writeBytes(value);
            }
        }
        Row row = new Row();
        row.reset(all.toByteArray(), keyOnly);
        places.forEach(place -> row.add(place[0], place[1]));
        return row;
    }

    static String utf8(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
