package dev.leat.postgres.ddl;

import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All objects of the source that can be rendered, and which of them needs which. */
final class SchemaGraph {

    /** Stands for every object that DDL cannot carry. */
    static final Address UNKNOWN = new Address(0, 0);

    private final Map<Address, SchemaObject> objects = new LinkedHashMap<>();
    private final Map<Address, Set<Address>> needs = new HashMap<>();
    private final Map<String, Address> schemas = new HashMap<>();
    private final Map<TableId, TableNames> names;

    private SchemaGraph(Map<TableId, TableNames> names) {
        this.names = names;
    }

    static SchemaGraph read(Connection session, Map<TableId, TableNames> names) throws SQLException {
        SchemaGraph graph = new SchemaGraph(names);
        Dependencies dependencies = Dependencies.read(session);
        for (Rendered rendered : Rendered.ALL) {
            rendered.read(session, dependencies).forEach(graph::add);
        }
        new TableObjects(session, dependencies, names)
                .read(Map.copyOf(graph.objects))
                .forEach(graph::add);
        graph.readComments(session, dependencies);
        graph.addTargetSchemas();
        dependencies.all().forEach(need -> graph.connect(need, dependencies));
        graph.objects.values().forEach(graph::connectBySchemaAndOwner);
        return graph;
    }

    Map<Address, SchemaObject> objects() {
        return objects;
    }

    /** What an object needs before it can be made; {@link #UNKNOWN} among it for what DDL cannot carry. */
    Set<Address> needs(Address object) {
        return needs.getOrDefault(object, Set.of());
    }

    SchemaObject object(Address address) {
        return Optional.ofNullable(objects.get(address)).orElseThrow();
    }

    private void add(SchemaObject object) {
        objects.put(object.address(), object);
        if (object.kind() == ObjectKind.SCHEMA) {
            schemas.put(object.name(), object.address());
        }
    }

    /** Schemas that exist only in records, because the task gives them other names. */
    private void addTargetSchemas() {
        Set<String> wanted = names.values().stream()
                .map(given -> given.target().schema())
                .filter(schema -> !schemas.containsKey(schema))
                .collect(Collectors.toSet());
        for (String schema : wanted) {
            Address address = new Address(Address.NAMESPACE, -1 - schemas.size());
            add(SchemaObject.of(
                    address, ObjectKind.SCHEMA, "", schema, "CREATE SCHEMA IF NOT EXISTS " + TableId.quote(schema)));
        }
    }

    private void connect(Dependencies.Need need, Dependencies dependencies) {
        Optional<Address> from = dependencies.known(need.object(), objects.keySet());
        if (from.isEmpty()) {
            return;
        }
        SchemaObject object = object(from.get());
        Optional<SchemaObject> needed =
                dependencies.known(need.needed(), objects.keySet()).map(this::object);
        if (!saidOtherwise(object, need, needed)) {
            link(object.address(), needed.map(SchemaObject::address).orElse(UNKNOWN));
        }
    }

    private boolean saidOtherwise(SchemaObject object, Dependencies.Need need, Optional<SchemaObject> needed) {
        return switch (object.kind()) {
            // that a column owns it is a statement of its own, after the table
            case SEQUENCE -> need.kind() == 'a';
            // what it brings is its own affair
            case EXTENSION -> needed.isEmpty() || needed.get().kind() != ObjectKind.EXTENSION;
            // a parent that the task does not select is left out of the child's statement
            case TABLE ->
                need.object().equals(object.address())
                        && need.needed().catalog() == Address.CLASS
                        && (needed.isEmpty() || !names.containsKey(needed.get().table()));
            case SETTING, SCHEMA, COLLATION, TYPE, SEQUENCE_OWNER, DEFAULT, FUNCTION, AGGREGATE -> false;
            case OPERATOR, CONSTRAINT, INDEX, VIEW, RULE, FOREIGN_KEY, COMMENT -> false;
        };
    }

    private void connectBySchemaAndOwner(SchemaObject object) {
        Address schema = schemas.get(object.schema());
        if (schema != null) {
            link(object.address(), schema);
        }
        TableNames given = object.table() == null ? null : names.get(object.table());
        if (object.kind() == ObjectKind.TABLE && given != null) {
            Address target = schemas.get(given.target().schema());
            link(object.address(), target == null ? UNKNOWN : target);
        }
        if (object.owner() != null) {
            link(object.address(), object.owner());
        }
        if (object.kind() == ObjectKind.SEQUENCE_OWNER) {
            link(object.address(), new Address(Address.CLASS, object.address().oid()));
        }
    }

    private void link(Address from, Address to) {
        if (!from.equals(to)) {
            needs.computeIfAbsent(from, address -> new LinkedHashSet<>()).add(to);
        }
    }

    /** Of what is a part of another object, such as a key's index, the comment comes with that; so of extensions none. */
    private void readComments(Connection session, Dependencies dependencies) throws SQLException {
        List<SchemaObject> comments = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(TableQueries.COMMENTS)) {
            while (rows.next()) {
                SchemaObject object = dependencies
                        .known(Address.read(rows, 1), objects.keySet())
                        .map(this::object)
                        .orElse(null);
                if (object != null && object.kind() != ObjectKind.EXTENSION) {
                    comments.add(new SchemaObject(
                            new Address(Address.COMMENT, comments.size()),
                            ObjectKind.COMMENT,
                            object.schema(),
                            rows.getString(3),
                            rows.getString(4),
                            object.address(),
                            object.table()));
                }
            }
        }
        comments.forEach(this::add);
    }
}
