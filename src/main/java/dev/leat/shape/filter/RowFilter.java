package dev.leat.shape.filter;

import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.util.List;

/**
 * A condition over a table's columns, in the words of SQL's WHERE: decided on the bytes of rows, and rendered anew for
 * the source, which never sees the user's own text. It cannot fail for a row, so copy and stream agree on every one.
 */
public final class RowFilter {

    /** The longest text that is read. */
    public static final int MAX_LENGTH = 4096;

    private final TableId table;
    private final Condition condition;
    private final String sql;
    private final List<Integer> columns;

    private RowFilter(TableId table, Checked checked, List<Integer> columns) {
        this.table = table;
        this.condition = checked.condition();
        this.sql = checked.sql();
        this.columns = columns;
    }

    /**
     * Compiles a condition for a table as the source has it.
     *
     * @throws SyncException of kind {@code SETTINGS}, with line and column, when it is not one or does not fit the table
     */
    public static RowFilter compile(String text, Table table) {
        Complaints complaints = new Complaints(table, text);
        if (text.length() > MAX_LENGTH) {
            throw complaints.at(
                    MAX_LENGTH,
                    "the condition is longer than " + MAX_LENGTH + " characters.",
                    "Shorten it, or let a column of the table hold what it decides.");
        }
        Checker checker = new Checker(table, complaints);
        Expression expression = new Parser(new Lexer(text, complaints).tokens(), complaints).parse();
        Checked checked = checker.condition(expression);
        return new RowFilter(table.id(), checked, checker.columns());
    }

    /** Whether the condition is true for a row; false and unknown are alike. */
    public boolean passes(Row row) {
        return passes(row, row);
    }

    /**
     * Whether the condition is true for a row.
     *
     * @param rest another image of the same row, which holds the large values that the row left unchanged
     * @throws SyncException of kind {@code SETTINGS} when neither holds one that the condition needs
     */
    public boolean passes(Row row, Row rest) {
        return decide(row, rest) == Truth.TRUE;
    }

    Truth decide(Row row, Row rest) {
        try {
            return condition.of(row, rest);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            // without the cause, whose text could hold the value
            throw new SyncException(
                    FailureKind.SOURCE_PROTOCOL,
                    "Table " + table + ": the filter met a value that is not in the form of its type.");
        }
    }

    /** The condition for the source: every name quoted, every literal typed. */
    public String sql() {
        return sql;
    }

    /** Indexes of the columns that it reads, in order. */
    public List<Integer> columns() {
        return columns;
    }

    /** What makes the log hold whole old rows. */
    public static String fullIdentity(TableId table) {
        return "ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL;";
    }
}
