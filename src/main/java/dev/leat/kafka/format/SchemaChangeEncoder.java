package dev.leat.kafka.format;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Ddl;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes statements about the schema as the schema-change records of Debezium's connectors for relational databases. */
final class SchemaChangeEncoder implements DdlEncoder {

    private final DdlSpec spec;

    SchemaChangeEncoder(DdlSpec spec) {
        this.spec = spec;
    }

    @Override
    public byte[] value(DdlNews news) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("source", source(news));
        record.put("ts_ms", spec.clock().millis());
        record.put("databaseName", spec.database());
        record.put("schemaName", news.schema());
        record.put("ddl", news.statement().sql());
        record.put("tableChanges", news.shape() == null ? List.of() : List.of(change(news, news.shape())));
        return JsonDocument.of(record);
    }

    private Map<String, @Nullable Object> source(DdlNews news) {
        Origin origin = news.origin();
        boolean initial = news.initial();
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        source.put("version", spec.version());
        source.put("connector", "postgresql");
        source.put("name", spec.format().option("topic.prefix", spec.topicPrefix()));
        source.put("ts_ms", news.committedAtMillis());
        source.put("snapshot", Boolean.toString(initial));
        source.put("db", spec.database());
        source.put("ts_us", origin.committedAtMicros());
        source.put("ts_ns", origin.committedAtMicros() * 1000);
        source.put("schema", news.schema());
        source.put("table", news.tableName());
        source.put("txId", initial ? null : Integer.toUnsignedLong(origin.transactionId()));
        source.put("lsn", initial ? null : origin.lsn());
        return source;
    }

    private Map<String, @Nullable Object> change(DdlNews news, Table shape) {
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("type", news.statement().action() == Ddl.Action.CREATE ? "CREATE" : "ALTER");
        change.put("id", TableId.quote(spec.database()) + "." + shape.id().quoted());
        change.put("table", table(shape));
        return change;
    }

    private static Map<String, @Nullable Object> table(Table shape) {
        List<Object> columns = new ArrayList<>();
        for (int i = 0; i < shape.columns().size(); i++) {
            columns.add(column(shape.columns().get(i), i + 1));
        }
        Map<String, @Nullable Object> table = new LinkedHashMap<>();
        table.put("defaultCharsetName", null);
        table.put(
                "primaryKeyColumnNames",
                shape.key().stream().map(i -> shape.columns().get(i).name()).toList());
        table.put("columns", columns);
        return table;
    }

    private static Map<String, @Nullable Object> column(Column column, int position) {
        DataType type = column.type();
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("name", column.name());
        described.put("jdbcType", SqlTypes.of(type));
        described.put("nativeType", Integer.toUnsignedLong(type.oid()));
        described.put("typeName", type.name());
        described.put("typeExpression", type.declared());
        described.put("charsetName", null);
        described.put("length", length(type));
        described.put("scale", type.oid() == Oids.NUMERIC && type.numericPrecision() >= 0 ? type.numericScale() : null);
        described.put("position", position);
        described.put("optional", !column.notNull());
        described.put("autoIncremented", false);
        described.put("generated", false);
        return described;
    }

    private static @Nullable Integer length(DataType type) {
        int length = switch (type.oid()) {
            case Oids.NUMERIC -> type.numericPrecision();
            // the modifier of character types counts its own four bytes
            case Oids.BPCHAR, Oids.VARCHAR -> Math.max(-1, type.modifier() - 4);
            case Oids.BIT -> type.bitLength();
            default -> -1;
        };
        return length < 0 ? null : length;
    }
}
