package dev.leat.postgres;

import dev.leat.change.Chunk;
import dev.leat.change.Row;
import dev.leat.change.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;

/** Reads chunks of tables by COPY, all in one snapshot. One per thread. */
public final class CopyReader implements AutoCloseable {

    private final Connection session;
    private final Row row = new Row();

    private CopyReader(Connection session) {
        this.session = session;
    }

    /**
     * Opens a session that sees an exported snapshot.
     *
     * @throws dev.leat.failure.SyncException when the source cannot be reached or the snapshot is gone
     */
    public static CopyReader open(PostgresSource source, String snapshot) {
        Connection session = source.session();
        try (Statement statement = session.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot.replace("'", "''") + "'");
            return new CopyReader(session);
        } catch (SQLException e) {
            try {
                session.close();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw PostgresFailures.of("Snapshot " + snapshot, e);
        }
    }

    /**
     * Reads the rows of a chunk, one after the other; the same row object is filled again for each.
     *
     * @return number of rows
     * @throws dev.leat.failure.SyncException when the table cannot be read or a line is malformed
     */
    public long read(Chunk chunk, boolean partitioned, Consumer<Row> rows) {
        int columns = chunk.table().columns().size();
        long count = 0;
        try {
            CopyOut copy = session.unwrap(PgConnection.class).getCopyAPI().copyOut(sql(chunk, partitioned));
            try {
                for (byte[] lines; (lines = copy.readFromCopy()) != null; ) {
                    for (int at = 0; at < lines.length; count++) {
                        at = CopyDecoder.decode(lines, at, columns, row);
                        rows.accept(row);
                    }
                }
            } finally {
                if (copy.isActive()) {
                    // half-way out because of a failure elsewhere: the session is of no more use
                    session.abort(Runnable::run);
                }
            }
            return count;
        } catch (SQLException e) {
            throw PostgresFailures.of("Table " + chunk.table().id(), e);
        }
    }

    private static String sql(Chunk chunk, boolean partitioned) {
        String columns = chunk.table().columns().stream()
                .map(column -> TableId.quote(column.name()))
                .collect(Collectors.joining(", "));
        String name = chunk.table().id().quoted();
        if (chunk.condition().isEmpty() && !partitioned) {
            String list = columns.isEmpty() ? "" : " (" + columns + ")";
            return "COPY " + name + list + " TO STDOUT";
        }
        String where = chunk.condition().isEmpty() ? "" : " WHERE " + chunk.condition();
        return "COPY (SELECT " + columns + " FROM " + (partitioned ? "" : "ONLY ") + name + where + ") TO STDOUT";
    }

    /** Ends the session. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            throw PostgresFailures.of("Source", e);
        }
    }
}
