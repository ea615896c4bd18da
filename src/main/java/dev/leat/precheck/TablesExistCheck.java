package dev.leat.precheck;

import dev.leat.change.TableId;
import dev.leat.postgres.CatalogTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the named tables exist, and the selection holds any at all. */
final class TablesExistCheck implements Check {

    /** What has the wanted name but is no table, or is one whose name differs in case. */
    private static final String ALIKE = """
            SELECT w.schema, w.name, CASE WHEN c.relispartition THEN 'a partition' ELSE CASE c.relkind
                     WHEN 'v' THEN 'a view' WHEN 'm' THEN 'a materialized view' WHEN 'f' THEN 'a foreign table'
                     WHEN 'S' THEN 'a sequence' WHEN 'c' THEN 'a type' WHEN 'i' THEN 'an index' ELSE 'a table' END END
                   || ' ' || n.nspname || '.' || c.relname
            FROM unnest(?::text[], ?::text[]) AS w(schema, name)
            JOIN pg_namespace n ON lower(n.nspname) = lower(w.schema)
            JOIN pg_class c ON c.relnamespace = n.oid AND lower(c.relname) = lower(w.name)
            ORDER BY 1, 2, 3
            """;

    @Override
    public String name() {
        return "TABLES_EXIST";
    }

    @Override
    public String title() {
        return "Selected objects exist";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        List<CatalogTable> tables = context.source().tables();
        List<Finding> findings = new ArrayList<>();
        Set<TableId> missing = new TreeSet<>(context.task().objects().namedTables());
        Set<String> schemas = new HashSet<>();
        for (CatalogTable table : tables) {
            missing.remove(table.table().id());
            schemas.add(table.table().id().schema());
        }
        if (!missing.isEmpty()) {
            findings.addAll(missing(context, missing));
        }
        if (tables.isEmpty() && missing.isEmpty()) {
            findings.add(Finding.error(
                    "database " + context.plan().source().database(),
                    "The task's objects select no table.",
                    "Select at least one table, or create it first."));
        } else {
            context.task().objects().include().stream()
                    .filter(rule -> rule.schema() != null && rule.table() == null)
                    .map(rule -> String.valueOf(rule.schema()))
                    .filter(schema -> !schemas.contains(schema))
                    .forEach(schema -> findings.add(Finding.alert(
                            "schema " + schema,
                            "The schema is selected, but none of its tables is.",
                            "Check the schema's name, or take it out of the task's objects.")));
        }
        return Outcome.of(findings);
    }

    private static List<Finding> missing(PrecheckContext context, Set<TableId> missing) {
        Map<TableId, List<String>> alike = new HashMap<>();
        context.source()
                .query(
                        ALIKE,
                        rows -> alike.computeIfAbsent(
                                        new TableId(rows.getString(1), rows.getString(2)), id -> new ArrayList<>())
                                .add(rows.getString(3)),
                        missing.stream().map(TableId::schema).toArray(String[]::new),
                        missing.stream().map(TableId::table).toArray(String[]::new));
        return missing.stream()
                .map(id -> Finding.error(
                        id.toString(),
                        "No table of that name can be selected."
                                + (alike.containsKey(id) ? " There is " + Wording.some(alike.get(id)) + "." : ""),
                        "Correct the name, or take it out of the task's objects."))
                .toList();
    }
}
