package dev.leat.precheck;

import dev.leat.change.TableId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the values of all columns are in the rows: any type is carried, but not what is kept elsewhere. */
final class ColumnTypesCheck implements Check {

    private static final String ELSEWHERE = """
            SELECT n.nspname, c.relname, a.attname, a.attgenerated <> ''
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = ANY (?::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
              AND (a.attgenerated <> '' OR t.typname = 'lo' AND t.typtype = 'd') ORDER BY 1, 2, a.attnum
            """;

    @Override
    public String name() {
        return "COLUMN_TYPES";
    }

    @Override
    public String title() {
        return "Columns hold their values themselves";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        List<Elsewhere> columns = context.source()
                .query(ELSEWHERE, Elsewhere::read, (Object) context.source().tableOids());
        List<Finding> findings = new ArrayList<>();
        Set<String> generated = new TreeSet<>();
        for (Elsewhere column : columns) {
            if (column.generated) {
                generated.add(column.table + "." + column.name);
            } else if (!left(context, column)) {
                findings.add(largeObject(column));
            }
        }
        return findings.isEmpty() && !generated.isEmpty()
                ? new Outcome.Passed(
                        "Generated columns are not in the log, and not in records: " + Wording.some(generated) + ".")
                : Outcome.of(findings);
    }

    /** Whether the task leaves the column out. */
    private static boolean left(PrecheckContext context, Elsewhere column) {
        return context.task()
                .objects()
                .ruleFor(column.table)
                .filter(rule -> rule.columns().exclude().contains(column.name))
                .isPresent();
    }

    private static Finding largeObject(Elsewhere column) {
        return Finding.alert(
                column.table.toString(),
                "The column " + column.name
                        + " (lo) holds the numbers of large objects. Their contents are kept outside"
                        + " the table and are not in the log: records hold the numbers only.",
                "Leave the column out: \"columns\": {\"exclude\": [\"" + column.name
                        + "\"]} in the task's objects; or keep the contents in a column of type bytea.");
    }

    /** A column whose values are not in the rows. */
    private record Elsewhere(TableId table, String name, boolean generated) {

        static Elsewhere read(ResultSet rows) throws SQLException {
            return new Elsewhere(
                    new TableId(rows.getString(1), rows.getString(2)), rows.getString(3), rows.getBoolean(4));
        }
    }
}
