package dev.leat.kafka.format;

import dev.leat.change.Column;
import dev.leat.change.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Renders the schemas that Debezium's records carry under {@code schemas.enable=true}. */
final class DebeziumSchema {

    private static final String SNAPSHOTS =
            "true,first,first_in_data_collection,last_in_data_collection,last,false," + "incremental";

    private final Table table;
    private final List<DebeziumType> types;
    private final String prefix;

    DebeziumSchema(Table table, List<DebeziumType> types, String topicPrefix) {
        this.table = table;
        this.types = types;
        this.prefix = topicPrefix + "." + table.id().schema() + "." + table.id().table();
    }

    /** What the names of the table's own schemas begin with, without the last dot. */
    String prefix() {
        return prefix;
    }

    /** The schema of the record key. */
    String key() {
        String fields = table.key().stream().map(this::column).collect(Collectors.joining(","));
        return ConnectType.struct(fields).unversioned(prefix + ".Key").item(false);
    }

    /** The schema of the record value: the envelope. */
    String envelope() {
        String columns = IntStream.range(0, types.size()).mapToObj(this::column).collect(Collectors.joining(","));
        ConnectType row = ConnectType.struct(columns).unversioned(prefix + ".Value");
        String envelope = String.join(
                ",",
                row.field("before", true),
                row.field("after", true),
                source().required("source"),
                transaction().field("transaction", true),
                ConnectType.STRING.required("op"),
                ConnectType.INT64.field("ts_ms", true),
                ConnectType.INT64.field("ts_us", true),
                ConnectType.INT64.field("ts_ns", true));
        return new ConnectType(
                        ConnectType.struct(envelope).head(),
                        ",\"name\":" + ColumnJson.quoted(prefix + ".Envelope") + ",\"version\":2")
                .item(false);
    }

    private String column(int index) {
        Column column = table.columns().get(index);
        return types.get(index).connect().field(column.name(), !column.notNull());
    }

    /** The block of a transaction, which Leat leaves empty as Debezium does by default. */
    static ConnectType transaction() {
        return ConnectType.struct(ConnectType.STRING.required("id")
                        + "," + ConnectType.INT64.required("total_order")
                        + "," + ConnectType.INT64.required("data_collection_order"))
                .named("event.block");
    }

    /** The block that says where a record comes from. */
    static ConnectType source() {
        ConnectType snapshot = ConnectType.STRING.named(
                "io.debezium.data.Enum", ",\"parameters\":{\"allowed\":\"" + SNAPSHOTS + "\"},\"default\":\"false\"");
        String fields = String.join(
                ",",
                ConnectType.STRING.required("version"),
                ConnectType.STRING.required("connector"),
                ConnectType.STRING.required("name"),
                ConnectType.INT64.required("ts_ms"),
                snapshot.field("snapshot", true),
                ConnectType.STRING.required("db"),
                ConnectType.STRING.field("sequence", true),
                ConnectType.INT64.field("ts_us", true),
                ConnectType.INT64.field("ts_ns", true),
                ConnectType.STRING.required("schema"),
                ConnectType.STRING.required("table"),
                ConnectType.INT64.field("txId", true),
                ConnectType.INT64.field("lsn", true),
                ConnectType.INT64.field("xmin", true),
                ConnectType.STRING.field("origin", true),
                ConnectType.INT64.field("origin_lsn", true));
        return ConnectType.struct(fields).named("io.debezium.connector.postgresql.Source");
    }
}
