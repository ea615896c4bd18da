package dev.leat.postgres;

import dev.leat.failure.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/** Makes a slot for a moment, to see whether the source lets us. */
public final class SlotTrial {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String CANCELLED = "57014";

    private final PostgresSource source;
    private final Duration patience;

    /** A trial that waits so long for each transaction that is open. */
    public SlotTrial(PostgresSource source, Duration patience) {
        this.source = source;
        this.patience = patience;
    }

    /** What came of it. */
    public sealed interface Result {

        /** It was made and dropped. */
        record Made() implements Result {}

        /** It would have been made, but transactions that are open have to end first. */
        record Waits() implements Result {}

        /** The user may not open a replication session. */
        record NoEntry(SyncException cause) implements Result {}

        /** The source does not make it. */
        record Refused(SyncException cause) implements Result {}
    }

    /**
     * Tries; nothing stays at the source, also when this process dies in between.
     *
     * @throws SyncException when the source cannot be reached
     */
    public Result run() {
        try (Connection session = source.replicationSession()) {
            return make(session);
        } catch (SyncException e) {
            return switch (e.kind()) {
                case SOURCE_PRIVILEGE, SOURCE_AUTHENTICATION -> new Result.NoEntry(e);
                default -> throw e;
            };
        } catch (SQLException e) {
            throw PostgresFailures.of("Source " + source, e);
        }
    }

    private Result make(Connection session) {
        String name = "leat_trial_" + UUID.randomUUID().toString().replace("-", "");
        try (Statement statement = session.createStatement()) {
            // the server itself ends the wait for a transaction, even when nobody is left who would cancel it
            statement.execute("SET lock_timeout = " + patience.toMillis());
            statement.setQueryTimeout((int) patience.multipliedBy(2).toSeconds());
            statement.execute("CREATE_REPLICATION_SLOT " + name + " TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT");
            statement.execute("DROP_REPLICATION_SLOT " + name);
            return new Result.Made();
        } catch (SQLException e) {
            return LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || CANCELLED.equals(e.getSQLState())
                    ? new Result.Waits()
                    : new Result.Refused(PostgresFailures.of("Replication slot " + name, e));
        }
    }
}
