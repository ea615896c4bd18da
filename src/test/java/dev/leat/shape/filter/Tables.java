package dev.leat.shape.filter;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.DataType.Kind;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table and rows for tests without a server. */
final class Tables {

    /** A value that an update left as it was. */
    static final String UNCHANGED = new String("unchanged");

    static final Table ORDERS = new Table(
            1,
            new TableId("shop", "orders"),
            List.of(
                    column("id", 23, "integer"),
                    column("qty", 23, "integer"),
                    column("price", 1700, "numeric"),
                    column("ratio", 701, "double precision"),
                    column("note", 25, "text"),
                    column("code", 1042, "character"),
                    column("paid", 16, "boolean"),
                    column("day", 1082, "date"),
                    column("at", 1114, "timestamp without time zone"),
                    column("data", 3802, "jsonb"),
                    new Column("mood", new DataType(99, "mood", "public.mood", -1, Kind.ENUM, null), false),
                    new Column("pair", new DataType(98, "pair", "public.pair", -1, Kind.COMPOSITE, null), false),
                    column("Odd \"name", 25, "text"),
                    column("user", 25, "text")),
            List.of(0),
            false);

    private Tables() {}

    private static Column column(String name, int oid, String sqlName) {
        return new Column(name, new DataType(oid, sqlName, sqlName, -1, Kind.BASE, null), false);
    }

    /** A row of the first columns; the others are null, and so is null. */
    @SuppressWarnings("StringEquality")
    static Row row(String... values) {
        var bytes = new ByteArrayOutputStream();
        var row = new Row();
        for (var value : values) {
            if (value != null && value != UNCHANGED) {
                bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            }
        }
        row.reset(bytes.toByteArray(), false);
        int at = 0;
        for (int i = 0; i < ORDERS.columns().size(); i++) {
            var value = i < values.length ? values[i] : null;
            int length = value == null
                    ? Row.NULL
                    : value == UNCHANGED ? Row.UNCHANGED : value.getBytes(StandardCharsets.UTF_8).length;
            row.add(at, length);
            at += Math.max(length, 0);
        }
        return row;
    }
}
