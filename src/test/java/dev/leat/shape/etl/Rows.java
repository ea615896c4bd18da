package dev.leat.shape.etl;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.settings.EtlStep;
import dev.leat.settings.TableEtl;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table with a column of every kind that ETL knows, its rows, and what steps make of them. */
final class Rows {

    static final String UNCHANGED = "\0unchanged";

    /** 2024-02-03 04:05:06.5 UTC. */
    static final long COMMITTED = 1_706_933_106_500_000L;

    static final Origin ORIGIN = new Origin(0x16_B374_D848L, 0x16_B374_D800L, 0, 742, COMMITTED, 0);

    static final Table TABLE = new Table(
            7,
            new TableId("sales", "orders"),
            List.of(
                    new Column("id", type(20, "int8", "bigint"), true),
                    new Column("small", type(21, "int2", "smallint"), false),
                    new Column("qty", type(23, "int4", "integer"), false),
                    new Column("f", type(701, "float8", "double precision"), false),
                    new Column("price", type(1700, "numeric", "numeric", ((10 << 16) | 2) + 4), false),
                    new Column("ok", type(16, "bool", "boolean"), false),
                    new Column("name", type(25, "text", "text"), false),
                    new Column("raw", type(17, "bytea", "bytea"), false),
                    new Column("at", type(1184, "timestamptz", "timestamp with time zone"), false),
                    new Column("day", type(1082, "date", "date"), false),
                    new Column("doc", type(3802, "jsonb", "jsonb"), false),
                    new Column("type", type(1043, "varchar", "character varying", 24), false),
                    new Column("odd name", type(25, "text", "text"), false),
                    new Column("in", type(23, "int4", "integer"), false),
                    new Column("code", type(25, "text", "text"), true)),
            List.of(0),
            true);

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("id", "1"),
            Map.entry("small", "3"),
            Map.entry("qty", "12"),
            Map.entry("f", "1.5"),
            Map.entry("price", "2.50"),
            Map.entry("ok", "t"),
            Map.entry("name", "Grüße 😀"),
            Map.entry("raw", "\\x00ff"),
            Map.entry("at", "2024-01-31 23:30:00.25+00"),
            Map.entry("day", "2024-01-31"),
            Map.entry("doc", "{\"a\": 1}"),
            Map.entry("type", "north"),
            Map.entry("odd name", "odd"),
            Map.entry("in", "5"),
            Map.entry("code", "13800001234"));

    private Rows() {}

    static DataType type(int oid, String name, String sqlName, int... modifier) {
        return new DataType(oid, name, sqlName, modifier.length == 0 ? -1 : modifier[0], DataType.Kind.BASE, null);
    }

    /** A row of the defaults with some values changed: names and values in turn, null for SQL's null. */
    static Row row(String... changes) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        var bytes = new ByteArrayOutputStream();
        var row = new Row();
        int[] starts = new int[TABLE.columns().size()];
        int[] lengths = new int[starts.length];
        bytes.writeBytes("header".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < starts.length; i++) {
            String value = values.get(TABLE.columns().get(i).name());
            starts[i] = bytes.size();
            lengths[i] = value == null ? Row.NULL : value.equals(UNCHANGED) ? Row.UNCHANGED : write(bytes, value);
        }
        row.reset(bytes.toByteArray(), false);
        for (int i = 0; i < starts.length; i++) {
            row.add(starts[i], lengths[i]);
        }
        return row;
    }

    private static int write(ByteArrayOutputStream bytes, String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(encoded);
        return encoded.length;
    }

    /** A row of which only the key is known. */
    static Row key(String id) {
        var row = new Row();
        row.reset(id.getBytes(StandardCharsets.UTF_8), true);
        row.add(0, id.length());
        TABLE.columns().stream().skip(1).forEach(column -> row.add(0, Row.NULL));
        return row;
    }

    static EtlPlan plan(EtlStep... steps) {
        return EtlPlan.compile(TABLE, new TableEtl("sales", "orders", List.of(steps), null), "etl[0]", "shop");
    }

    static EtlOutcome insert(EtlPlan plan, Row row) {
        return plan.program().apply(new Change.Insert(TABLE, ORIGIN, row));
    }

    /** The text of an expression's value in a new column, over a row. */
    static String value(String expression, String... changes) {
        return values(insert(plan(new EtlStep.Set("result", expression)), row(changes)))
                .get("result");
    }

    static Map<String, String> values(EtlOutcome outcome) {
        return switch (outcome) {
            case EtlOutcome.Kept(Change.Insert(Table table, Origin _, Row after)) -> values(table, after);
            case EtlOutcome.Kept kept -> throw new AssertionError(kept);
            case EtlOutcome.Dropped _ -> throw new AssertionError("dropped");
            case EtlOutcome.Failed(var failure) -> throw failure;
        };
    }

    static Map<String, String> values(Table table, Row row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            values.put(
                    table.columns().get(i).name(), row.isNull(i) ? null : row.isUnchanged(i) ? UNCHANGED : row.text(i));
        }
        return values;
    }

    static DataType typeOf(EtlPlan plan, String column) {
        return columnOf(plan, column).type();
    }

    static Column columnOf(EtlPlan plan, String column) {
        return plan.target().columns().stream()
                .filter(each -> each.name().equals(column))
                .findFirst()
                .orElseThrow();
    }
}
