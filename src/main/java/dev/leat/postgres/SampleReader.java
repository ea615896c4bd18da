package dev.leat.postgres;

import dev.leat.change.Row;
import dev.leat.change.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;

/** Reads a few rows of a table, such as the copy would read them; changes nothing and does not wait for long. */
public final class SampleReader {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PostgresSource source;

    /** A reader; a session is opened for each call. */
    public SampleReader(PostgresSource source) {
        this.source = source;
    }

    /**
     * Reads rows in no certain order; the same row object is filled again for each.
     *
     * @throws dev.leat.failure.SyncException when the table cannot be read, or not within 10 seconds
     */
    public void read(CatalogTable table, int limit, Consumer<Row> rows) {
        try (Connection session = source.session()) {
            try (Statement statement = session.createStatement()) {
                statement.execute("BEGIN READ ONLY; SET LOCAL statement_timeout = " + LIMIT.toMillis()
                        + "; SET LOCAL lock_timeout = " + LIMIT.toMillis());
            }
            copy(session, table, limit, rows);
        } catch (SQLException e) {
            throw PostgresFailures.of("Table " + table.table().id(), e);
        }
    }

    private static void copy(Connection session, CatalogTable table, int limit, Consumer<Row> rows)
            throws SQLException {
        Row row = new Row();
        int columns = table.table().columns().size();
        CopyOut copy = session.unwrap(PgConnection.class).getCopyAPI().copyOut(sql(table, limit));
        for (byte[] lines; (lines = copy.readFromCopy()) != null; ) {
            for (int at = 0; at < lines.length; ) {
                at = CopyDecoder.decode(lines, at, columns, row);
                rows.accept(row);
            }
        }
    }

    private static String sql(CatalogTable table, int limit) {
        String columns = table.table().columns().stream()
                .map(column -> TableId.quote(column.name()))
                .collect(Collectors.joining(", "));
        String only = table.partitioned() ? "" : "ONLY ";
        return "COPY (SELECT " + columns + " FROM " + only + table.table().id().quoted() + " LIMIT " + limit
                + ") TO STDOUT";
    }
}
