package dev.leat.precheck;

import dev.leat.change.TableId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the selection reaches objects whose rows or changes would be left out: foreign, inherited, append-optimised. */
final class TableKindsCheck implements Check {

    private static final String FOREIGN = """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'f' AND NOT c.relispartition AND left(n.nspname, 3) <> 'pg_' ORDER BY 1, 2
            """;

    private static final String CHILDREN = """
            SELECT pn.nspname, p.relname, n.nspname, c.relname
            FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
            JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE i.inhparent = ANY (?::oid[]) AND p.relkind = 'r' ORDER BY 1, 2, 3, 4
            """;

    private static final String APPEND_OPTIMISED = """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_am a ON a.oid = c.relam
            WHERE c.oid = ANY (?::oid[]) AND a.amname IN ('ao_row', 'ao_column', 'appendoptimized') ORDER BY 1, 2
            """;

    @Override
    public String name() {
        return "TABLE_KINDS";
    }

    @Override
    public String title() {
        return "Nothing that is selected is left out for its kind";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(appendOptimised(context));
        findings.addAll(children(context));
        findings.addAll(foreign(context));
        long partitioned = context.source().tables().stream()
                .filter(table -> table.partitioned())
                .count();
        return findings.isEmpty() && partitioned > 0
                ? new Outcome.Passed(
                        partitioned + " partitioned tables are synced as plain ones, under the names of their roots.")
                : Outcome.of(findings);
    }

    private static List<Finding> appendOptimised(PrecheckContext context) {
        if (!context.plan().follows()) {
            return List.of();
        }
        String[] oids = context.source().relations().stream()
                .map(relation -> Integer.toUnsignedString(relation.oid()))
                .toArray(String[]::new);
        return context.source().query(APPEND_OPTIMISED, TableKindsCheck::id, (Object) oids).stream()
                .map(id -> Finding.error(
                        id.toString(),
                        "The table is append-optimised: its changes are not in the log that can be read.",
                        "ALTER TABLE " + id.quoted()
                                + " SET ACCESS METHOD heap; -- or exclude it, or leave out the phase INCREMENTAL"))
                .toList();
    }

    private static List<Finding> children(PrecheckContext context) {
        Set<TableId> selected = new HashSet<>();
        context.source().tables().forEach(table -> selected.add(table.table().id()));
        return context
                .source()
                .query(
                        CHILDREN,
                        rows -> new Child(id(rows), new TableId(rows.getString(3), rows.getString(4))),
                        (Object) context.source().tableOids())
                .stream()
                .filter(child -> !selected.contains(child.id))
                .map(child -> Finding.alert(
                        child.parent.toString(),
                        "Queries of the table show rows of " + child.id
                                + " too, which inherits from it and is not selected: they are not synced.",
                        "Select " + child.id + " too; its rows go to a topic of its own."))
                .toList();
    }

    private static List<Finding> foreign(PrecheckContext context) {
        return context.source().query(FOREIGN, TableKindsCheck::id).stream()
                .filter(id -> context.task().objects().ruleFor(id).isPresent())
                .filter(id -> !context.task().objects().namedTables().contains(id))
                .map(id -> Finding.alert(
                        id.toString(),
                        "The selection reaches a foreign table, which holds no rows itself: it is not synced.",
                        "Sync it from the server that holds its rows, and exclude it here."))
                .toList();
    }

    private static TableId id(ResultSet rows) throws SQLException {
        return new TableId(rows.getString(1), rows.getString(2));
    }

    /** A table that inherits from a selected one. */
    private record Child(TableId parent, TableId id) {}
}
