package dev.leat.postgres;

import dev.leat.change.Change;
import dev.leat.change.Column;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the row of a change in the source by its key: the SQL condition, with the right equality for every key type. */
final class KeyCondition {

    /** A type of an extension has its equality where the extension is, which no session of ours searches. */
    private static final String EQUALITY = """
            SELECT quote_ident(n.nspname) FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
            WHERE o.oprname = '=' AND o.oprleft = %1$d AND o.oprright = %1$d LIMIT 1
            """;

    private final Table table;
    private final List<String> comparisons;

    private KeyCondition(Table table, List<String> comparisons) {
        this.table = table;
        this.comparisons = comparisons;
    }

    /** Asks the source once how its key is compared. */
    static KeyCondition of(Table table, ReselectSession session) {
        List<String> comparisons = new ArrayList<>();
        for (int index : table.key()) {
            Column column = table.columns().get(index);
            long type = Integer.toUnsignedLong(column.type().undomained().oid());
            String schema =
                    session.ask("Table " + table.id(), EQUALITY.formatted(type)).orElse("pg_catalog");
            comparisons.add(TableId.quote(column.name()) + " OPERATOR(" + schema + ".=) ");
        }
        return new KeyCondition(table, comparisons);
    }

    /** The condition for the row that an update left behind; empty when its key is not known. */
    Optional<String> of(Change.Update update) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < comparisons.size(); i++) {
            int column = table.key().get(i);
            Row before = update.before();
            Row row = update.after().isUnchanged(column) && before != null ? before : update.after();
            if (row.length(column) < 0) {
                return Optional.empty();
            }
            sql.append(i == 0 ? "" : " AND ").append(comparisons.get(i)).append(literal(row.text(column)));
        }
        return sql.isEmpty() ? Optional.empty() : Optional.of(sql.toString());
    }

    /** In the form that does not depend on {@code standard_conforming_strings}; its type comes from the column. */
    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
