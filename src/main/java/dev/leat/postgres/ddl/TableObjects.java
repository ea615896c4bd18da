package dev.leat.postgres.ddl;

import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables of the source and what is attached to them. */
final class TableObjects {

    private final Connection session;
    private final Dependencies dependencies;
    private final Map<TableId, TableNames> names;
    private final List<SchemaObject> objects = new ArrayList<>();
    private final Map<Long, List<TableColumn>> columns = new HashMap<>();
    private final Map<Address, List<TableConstraint>> constraints = new HashMap<>();
    private final Map<Long, SourceTable> tables = new HashMap<>();

    /**
     * A reader.
     *
     * @param names what the task's tables are called in records
     */
    TableObjects(Connection session, Dependencies dependencies, Map<TableId, TableNames> names) {
        this.session = session;
        this.dependencies = dependencies;
        this.names = names;
    }

    /**
     * Everything about tables.
     *
     * @param views views and materialized views by address, which have indexes, rules and defaults too
     */
    List<SchemaObject> read(Map<Address, SchemaObject> views) throws SQLException {
        readColumns(views);
        readConstraints(views);
        readTables();
        tables.values().forEach(this::add);
        readAttached(TableQueries.INDEXES, ObjectKind.INDEX, Address.CLASS, views);
        readAttached(TableQueries.RULES, ObjectKind.RULE, Address.REWRITE, views);
        readSequenceOwners();
        return objects;
    }

    private void add(SourceTable table) {
        if (!dependencies.comesWithAnother(table.address())) {
            objects.addAll(new TableRenderer(table, dependencies, tables, names).objects());
        }
    }

    private void readColumns(Map<Address, SchemaObject> views) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(TableQueries.COLUMNS)) {
            while (rows.next()) {
                TableColumn column = TableColumn.read(rows);
                SchemaObject view = views.get(new Address(Address.CLASS, rows.getLong(1)));
                if (view != null) {
                    objects.add(viewDefault(view, column));
                } else {
                    columns.computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>())
                            .add(column);
                }
            }
        }
    }

    private static SchemaObject viewDefault(SchemaObject view, TableColumn column) {
        String id = new TableId(view.schema(), view.name()).quoted();
        return new SchemaObject(
                column.defaultAddress(),
                ObjectKind.DEFAULT,
                view.schema(),
                view.name() + "." + column.name(),
                "ALTER VIEW " + id + " ALTER COLUMN " + column.quoted() + " SET DEFAULT " + column.expression(),
                view.address(),
                null);
    }

    private void readConstraints(Map<Address, SchemaObject> types) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(TableQueries.CONSTRAINTS)) {
            while (rows.next()) {
                TableConstraint constraint = TableConstraint.read(rows);
                constraints
                        .computeIfAbsent(constraint.owner(), owner -> new ArrayList<>())
                        .add(constraint);
                SchemaObject domain = types.get(constraint.owner());
                if (domain != null) {
                    objects.add(new SchemaObject(
                            constraint.address(),
                            ObjectKind.CONSTRAINT,
                            domain.schema(),
                            constraint.name(),
                            "ALTER DOMAIN " + new TableId(domain.schema(), domain.name()).quoted() + " ADD "
                                    + constraint.clause(),
                            domain.address(),
                            null));
                }
            }
        }
    }

    private void readTables() throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(TableQueries.TABLES)) {
            while (rows.next()) {
                long oid = rows.getLong(1);
                tables.put(
                        oid,
                        new SourceTable(
                                oid,
                                new TableId(rows.getString(2), rows.getString(3)),
                                rows.getString(4).equals("u"),
                                List.of((Long[]) rows.getArray(5).getArray()),
                                columns.getOrDefault(oid, List.of()),
                                constraints.getOrDefault(new Address(Address.CLASS, oid), List.of())));
            }
        }
    }

    private void readAttached(String query, ObjectKind kind, long catalog, Map<Address, SchemaObject> views)
            throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                SourceTable table = tables.get(rows.getLong(4));
                Address owner = new Address(Address.CLASS, rows.getLong(4));
                if (table != null || views.containsKey(owner)) {
                    objects.add(new SchemaObject(
                            new Address(catalog, rows.getLong(1)),
                            kind,
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(5),
                            owner,
                            table == null ? null : table.id()));
                }
            }
        }
    }

    private void readSequenceOwners() throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(TableQueries.SEQUENCE_OWNERS)) {
            while (rows.next()) {
                SourceTable table = tables.get(rows.getLong(4));
                if (table != null) {
                    addOwner(table, rows.getLong(1), rows.getString(3), rows.getString(5), rows.getString(6));
                }
            }
        }
    }

    private void addOwner(SourceTable table, long sequence, String name, String quoted, String column) {
        TargetTable target = TargetTable.of(table, names);
        if (target.moves()) {
            // a column owns sequences of its own schema only
            return;
        }
        target.column(column)
                .ifPresent(called -> objects.add(new SchemaObject(
                        new Address(Address.OWNERSHIP, sequence),
                        ObjectKind.SEQUENCE_OWNER,
                        table.id().schema(),
                        name,
                        "ALTER SEQUENCE " + quoted + " OWNED BY " + target.quoted() + "." + called,
                        table.address(),
                        table.id())));
    }
}
