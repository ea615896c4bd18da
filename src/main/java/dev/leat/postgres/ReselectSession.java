package dev.leat.postgres;

import dev.leat.change.Row;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;

/**
 * The session over which single rows are read again. They come by COPY, so that their text is what the log would hold.
 * It is opened when first needed; for one thread.
 */
public final class ReselectSession implements AutoCloseable {

    /** The table, a column or a type is no longer what the log describes, which may lie behind the catalog. */
    private static final Set<String> CHANGED_SINCE = Set.of("42P01", "3F000", "42703", "42704", "42883", "22P02");

    private final PostgresSource source;
    private @Nullable Connection session;

    /** Nothing is opened yet. */
    public ReselectSession(PostgresSource source) {
        this.source = source;
    }

    /**
     * Reads at most one row.
     *
     * @param subject what it is about, for messages
     * @param query a SELECT
     * @param columns how many columns it has
     * @param row filled with the values
     * @return false when there is no such row, or no such table or column any more
     * @throws SyncException when the source cannot be read
     */
    boolean read(String subject, String query, int columns, Row row) {
        return withSession(subject, open -> {
            try {
                return copy(open, query, columns, row);
            } catch (SQLException e) {
                if (CHANGED_SINCE.contains(String.valueOf(e.getSQLState()))) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** The first column of the first row of a query about the catalog; empty without one. */
    Optional<String> ask(String subject, String query) {
        return withSession(subject, open -> {
            try (Statement statement = open.createStatement();
                    ResultSet answer = statement.executeQuery(query)) {
                return answer.next() ? Optional.ofNullable(answer.getString(1)) : Optional.empty();
            }
        });
    }

    /** Servers and firewalls end sessions that were long without work: then another one serves, once. */
    private <T> T withSession(String subject, Work<T> work) {
        boolean fresh = session == null;
        try {
            return work.in(open());
        } catch (SQLException e) {
            SyncException failure = PostgresFailures.of(subject, e);
            if (fresh || failure.kind() != FailureKind.SOURCE_UNREACHABLE) {
                throw failure;
            }
            forget();
            return withSession(subject, work);
        }
    }

    /** What is done with a session. */
    private interface Work<T> {
        T in(Connection session) throws SQLException;
    }

    private static boolean copy(Connection open, String query, int columns, Row row) throws SQLException {
        CopyOut copy = open.unwrap(PgConnection.class).getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT");
        boolean found = false;
        for (byte[] line; (line = copy.readFromCopy()) != null; ) {
            if (!found) {
                CopyDecoder.decode(line, 0, columns, row);
                found = true;
            }
        }
        return found;
    }

    private Connection open() {
        Connection open = session;
        if (open == null) {
            open = source.session();
            session = open;
        }
        return open;
    }

    private void forget() {
        try {
            close();
        } catch (SyncException ignored) {
            // it was broken before
        }
    }

    /** Ends the session; it is opened again when needed. */
    @Override
    public void close() {
        Connection open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw PostgresFailures.of("Source " + source, e);
            }
        }
    }
}
