package dev.leat.postgres.ddl;

import dev.leat.change.Ddl;
import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The DDL of a task's objects, in an order in which it can be executed.
 *
 * @param statements the statements
 * @param leftOut what cannot be carried and why, each a sentence without its end
 */
public record SchemaDdl(List<Ddl> statements, List<String> leftOut) {

    /** As dumps do: a function may speak of what is made after it. */
    private static final String UNCHECKED = "SET check_function_bodies = off";

    /**
     * Reads the catalog, in a constant number of queries.
     *
     * @param session one whose {@code search_path} is {@code pg_catalog}, so that names come out qualified
     * @param tables the task's tables, and what they are called in records
     * @param wholeSchema whether everything of a schema is carried
     */
    public static SchemaDdl read(Connection session, Map<TableId, TableNames> tables, Predicate<String> wholeSchema)
            throws SQLException {
        SchemaGraph graph = SchemaGraph.read(session, tables);
        Carried carried = new Carried(graph, tables, wholeSchema);
        List<SchemaObject> objects = ExecutionOrder.of(graph, carried.choose());
        List<Ddl> statements = new ArrayList<>();
        if (objects.stream().anyMatch(object -> object.kind() == ObjectKind.FUNCTION)) {
            statements.add(new Ddl(UNCHECKED, Ddl.Action.NONE, "", "check_function_bodies", null));
        }
        objects.forEach(object -> statements.add(ddl(object, tables)));
        return new SchemaDdl(statements, carried.leftOut());
    }

    private static Ddl ddl(SchemaObject object, Map<TableId, TableNames> tables) {
        TableId table = object.table() != null && tables.containsKey(object.table()) ? object.table() : null;
        boolean creates = object.kind() == ObjectKind.TABLE && table != null;
        return new Ddl(
                object.sql(), creates ? Ddl.Action.CREATE : Ddl.Action.NONE, object.schema(), object.name(), table);
    }
}
