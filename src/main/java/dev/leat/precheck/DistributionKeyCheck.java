package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.settings.SourceKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether rows of an AnalyticDB stay on the segment that their key says. */
final class DistributionKeyCheck implements Check {

    private static final String KNOWN = "SELECT to_regclass('pg_catalog.gp_distribution_policy') IS NOT NULL";

    private static final String COLUMNS = """
            SELECT p.localoid, a.attname FROM gp_distribution_policy p
            CROSS JOIN unnest(p.distkey::int2[]) WITH ORDINALITY k(number, place)
            JOIN pg_attribute a ON a.attrelid = p.localoid AND a.attnum = k.number
            WHERE p.localoid = ANY (?::oid[]) ORDER BY 1, k.place
            """;

    @Override
    public String name() {
        return "DISTRIBUTION_KEY";
    }

    @Override
    public String title() {
        return "Distribution keys are part of the tables' keys";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (context.plan().source().kind() != SourceKind.ANALYTICDB_POSTGRESQL
                || !context.plan().follows()
                || !context.source().query(KNOWN, rows -> rows.getBoolean(1)).getFirst()) {
            return new Outcome.Passed();
        }
        Map<Integer, List<String>> distribution = new HashMap<>();
        context.source().query(COLUMNS, rows -> add(distribution, rows), (Object)
                context.source().tableOids());
        return Outcome.of(context.source().tables().stream()
                .map(described -> described.table())
                .filter(Table::hasKey)
                .filter(table -> !key(table).containsAll(distribution.getOrDefault(table.oid(), List.of())))
                .map(table -> finding(table, distribution.getOrDefault(table.oid(), List.of())))
                .toList());
    }

    private static boolean add(Map<Integer, List<String>> distribution, ResultSet rows) throws SQLException {
        return distribution
                .computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
                .add(rows.getString(2));
    }

    private static List<String> key(Table table) {
        return table.key().stream()
                .map(index -> table.columns().get(index).name())
                .toList();
    }

    private static Finding finding(Table table, List<String> distribution) {
        return Finding.alert(
                table.id().toString(),
                "The table is distributed by " + Wording.some(distribution) + ", which its key ("
                        + Wording.some(key(table))
                        + ") does not hold: an UPDATE of it moves the row to another segment, and the log tells a DELETE"
                        + " and an INSERT whose order is not certain.",
                "ALTER TABLE " + table.id().quoted() + " SET DISTRIBUTED BY (" + Wording.columns(key(table)) + ");");
    }
}
