package dev.leat.postgres;

import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes a publication in a transaction that is rolled back, to see whether the source lets us. */
public final class PublicationTrial {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Each table takes a lock until the end of the transaction, and the source holds some 6,400 of them by default. */
    private static final int MAX_TABLES = 1_000;

    private final PostgresSource source;

    /** A trial at a source. */
    public PublicationTrial(PostgresSource source) {
        this.source = source;
    }

    /**
     * Why the source does not publish these tables; empty when it would.
     *
     * @param viaRoot whether rows of partitions are sent under their root's name
     */
    public Optional<SyncException> refusal(List<TableId> tables, boolean viaRoot) {
        try (Connection session = source.session();
                Statement statement = session.createStatement()) {
            // shorter than deadlock_timeout, after which the server would end a vacuum for us
            statement.execute("SET lock_timeout = 500");
            session.setAutoCommit(false);
            for (int i = 0; i < tables.size(); i += MAX_TABLES) {
                attempt(statement, tables.subList(i, Math.min(tables.size(), i + MAX_TABLES)), viaRoot);
                session.rollback();
            }
            return Optional.empty();
        } catch (SQLException e) {
            // whoever holds a table now says nothing of what the user may do
            return LOCK_NOT_AVAILABLE.equals(e.getSQLState())
                    ? Optional.empty()
                    : Optional.of(PostgresFailures.of("Publication", e));
        }
    }

    private static void attempt(Statement statement, List<TableId> tables, boolean viaRoot) throws SQLException {
        String list = tables.stream().map(id -> "ONLY " + id.quoted()).collect(Collectors.joining(", "));
        statement.execute(
                "CREATE PUBLICATION leat_trial_" + UUID.randomUUID().toString().replace("-", "") + " FOR TABLE " + list
                        + (viaRoot ? " WITH (publish_via_partition_root = true)" : ""));
    }
}
