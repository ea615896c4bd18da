package dev.leat.postgres;

import dev.leat.change.Change;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Completes updates of one table whose unchanged large values the log does not hold, with what the source holds now. A
 * value may thus be newer than its change; the change that made it so comes later. Where the row is gone, the value
 * stays unavailable. For one thread; the row of a completed change is valid until the next is asked for.
 */
public final class Reselect {

    private final ReselectSession session;
    private final Table table;
    private final boolean[] wanted;
    private final Row found = new Row();
    private final Row completed = new Row();
    private @Nullable KeyCondition key;
    private @Nullable String from;

    /**
     * The completion of a table's updates; nothing is asked before the first that needs it.
     *
     * @param excluded columns that are not sent anyway
     */
    public Reselect(ReselectSession session, Table table, Collection<String> excluded) {
        this.session = session;
        this.table = table;
        this.wanted = new boolean[table.columns().size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = !excluded.contains(table.columns().get(i).name());
        }
    }

    /**
     * The change with all values that can be had.
     *
     * @throws dev.leat.failure.SyncException when the source cannot be read
     */
    public Change complete(Change change) {
        if (!(change instanceof Change.Update update) || !table.hasKey()) {
            return change;
        }
        IntPredicate lacks = column -> wanted[column] && lacks(update, column);
        if (IntStream.range(0, wanted.length).noneMatch(lacks)) {
            return change;
        }
        int[] columns = IntStream.range(0, wanted.length).filter(lacks).toArray();
        Optional<String> condition = key().of(update);
        if (condition.isEmpty() || !read(columns, condition.get())) {
            return change;
        }
        complete(update.after(), columns);
        return new Change.Update(update.table(), update.origin(), update.before(), completed);
    }

    private static boolean lacks(Change.Update update, int column) {
        if (!update.after().isUnchanged(column)) {
            return false;
        }
        Row before = update.before();
        return before == null || before.length(column) < 0 && (before.keyOnly() || !before.isNull(column));
    }

    private boolean read(int[] columns, String condition) {
        String names = IntStream.of(columns)
                .mapToObj(i -> TableId.quote(table.columns().get(i).name()))
                .collect(Collectors.joining(", "));
        String query = "SELECT " + names + " FROM " + from() + " WHERE " + condition + " LIMIT 1";
        return session.read("Table " + table.id(), query, columns.length, found);
    }

    /** Joins two rows in one array, because all values of a row lie in one. */
    private void complete(Row row, int[] columns) {
        byte[] bytes = new byte[Math.toIntExact(row.valueBytes() + found.valueBytes())];
        completed.reset(bytes, false);
        int at = 0;
        int next = 0;
        for (int i = 0; i < row.size(); i++) {
            boolean read = next < columns.length && columns[next] == i;
            Row holder = read ? found : row;
            int column = read ? next++ : i;
            int length = holder.length(column);
            if (length > 0) {
                System.arraycopy(holder.bytes(), holder.start(column), bytes, at, length);
            }
            completed.add(at, length);
            at += Math.max(length, 0);
        }
    }

    private KeyCondition key() {
        KeyCondition known = key;
        if (known == null) {
            known = KeyCondition.of(table, session);
            key = known;
        }
        return known;
    }

    /** The rows of a partitioned table are its partitions'; those of tables that inherit from a plain one are not its. */
    private String from() {
        String known = from;
        if (known == null) {
            String query = "SELECT relkind FROM pg_class WHERE oid = " + Integer.toUnsignedLong(table.oid());
            boolean partitioned = session.ask("Table " + table.id(), query).equals(Optional.of("p"));
            known = (partitioned ? "" : "ONLY ") + table.id().quoted();
            from = known;
        }
        return known;
    }
}
