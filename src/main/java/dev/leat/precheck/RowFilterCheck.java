package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import dev.leat.postgres.CatalogTable;
import dev.leat.shape.TableShapes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the source takes the row filters, and its log will hold the old rows that they need. */
final class RowFilterCheck implements Check {

    /** Tables whose filters the source is asked about at once. */
    private static final int TABLES_PER_QUESTION = 50;

    @Override
    public String name() {
        return "ROW_FILTER";
    }

    @Override
    public String title() {
        return "Row filters can be followed";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        List<Filtered> filtered = context.source().tables().stream()
                .flatMap(table -> filtered(context.shapes(), table).stream())
                .toList();
        if (filtered.isEmpty()) {
            return new Outcome.Passed();
        }
        List<Finding> findings = new ArrayList<>(refused(context, filtered));
        findings.addAll(withoutOldRows(context, filtered));
        return Outcome.of(findings);
    }

    /** A filter that does not compile is told by the check of the settings. */
    private static Optional<Filtered> filtered(TableShapes shapes, CatalogTable table) {
        try {
            return shapes.condition(table.table())
                    .map(condition -> new Filtered(table.table(), condition, shapes.needsOldRows(table.table())));
        } catch (SyncException e) {
            return Optional.empty();
        }
    }

    private static List<Finding> withoutOldRows(PrecheckContext context, List<Filtered> filtered) {
        if (filtered.stream().noneMatch(Filtered::needsOldRows)) {
            return List.of();
        }
        Map<Integer, List<RelationFacts>> relations = context.source().relations().stream()
                .filter(relation -> relation.replicaIdentity() != 'f')
                .collect(Collectors.groupingBy(RelationFacts::root));
        return filtered.stream()
                .filter(Filtered::needsOldRows)
                .filter(table -> relations.containsKey(table.table().oid()))
                .map(table -> withoutOldRows(
                        table.table(), relations.getOrDefault(table.table().oid(), List.of())))
                .toList();
    }

    private static Finding withoutOldRows(Table table, List<RelationFacts> relations) {
        return Finding.error(
                table.id().toString(),
                "The row filter reads columns outside the key, so the log has to hold whole old rows: only then can"
                        + " Leat tell that an UPDATE takes a row out of the filter or brings one in, and whether a"
                        + " deleted row had passed it.",
                relations.stream()
                        .map(relation -> "ALTER TABLE " + relation.id().quoted() + " REPLICA IDENTITY FULL;")
                        .collect(Collectors.joining("\n")));
    }

    /** The source plans the conditions without running them, and so tells of labels that an enum does not have. */
    private static List<Finding> refused(PrecheckContext context, List<Filtered> filtered) {
        List<Finding> findings = new ArrayList<>();
        for (int from = 0; from < filtered.size(); from += TABLES_PER_QUESTION) {
            List<Filtered> some = filtered.subList(from, Math.min(from + TABLES_PER_QUESTION, filtered.size()));
            if (refusal(context, some).isPresent()) {
                some.forEach(table -> refusal(context, List.of(table))
                        .map(reason -> refused(table.table(), reason))
                        .ifPresent(findings::add));
            }
        }
        return findings;
    }

    private static Finding refused(Table table, String reason) {
        return Finding.error(
                table.id().toString(),
                "The source does not take the row filter: " + reason,
                "Correct the literal that the source names in the table's filter.");
    }

    private static Optional<String> refusal(PrecheckContext context, List<Filtered> tables) {
        String sql = tables.stream()
                .map(table -> "SELECT 1 FROM " + table.table().id().quoted() + " WHERE " + table.condition())
                .collect(Collectors.joining(" UNION ALL "));
        try {
            context.source().query("EXPLAIN " + sql, rows -> rows.getString(1));
            return Optional.empty();
        } catch (SyncException e) {
            // class 22 is "data exception": a literal; everything else has a check of its own
            if (e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith("22")) {
                return Optional.of(
                        String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
            }
            throw e;
        }
    }

    private record Filtered(Table table, String condition, boolean needsOldRows) {}
}
