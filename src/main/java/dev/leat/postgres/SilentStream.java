package dev.leat.postgres;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how long a stream has brought nothing, and tells a source that is busy from a connection that is broken: a
 * source may well decode for minutes what it does not send, and to connect anew would have it begin again.
 */
final class SilentStream {

    private static final Logger LOG = LoggerFactory.getLogger(SilentStream.class);

    private final PostgresSource source;
    private final String slot;
    private final int backend;
    private final Duration statusInterval;
    private long silentNanos;

    SilentStream(PostgresSource source, String slot, int backend, Duration statusInterval) {
        this.source = source;
        this.slot = slot;
        this.backend = backend;
        this.statusInterval = statusInterval;
    }

    /** Something came. */
    void heard() {
        silentNanos = 0;
    }

    /** Nothing came although it was waited for; fails when the connection turns out to be broken. */
    void waited(long nanos) {
        silentNanos += nanos;
        if (silentNanos > limit().toNanos()) {
            look();
            silentNanos = 0;
        }
    }

    /** Whether the source ought to be asked for a sign of life: it answers at once unless it is busy. */
    boolean doubtful() {
        return silentNanos > statusInterval.toNanos();
    }

    /** Six signs of life were asked for, or five: a minute with the usual {@code wal_sender_timeout}. */
    private Duration limit() {
        return statusInterval.multipliedBy(6);
    }

    private void look() {
        if (busy()) {
            LOG.atWarn()
                    .addKeyValue("slot", slot)
                    .log("Nothing came from the source for {} s; it says that it is at work", limit().toSeconds());
            return;
        }
        throw new SyncException(
                FailureKind.SOURCE_UNREACHABLE,
                "Replication slot " + slot + ": nothing came from source " + source + " for "
                        + limit().toSeconds() + " s, although it was asked for a sign of life; the connection is broken"
                        + " without a word.",
                "Nothing, if this stays alone: Leat connects anew. If it comes again, look for a firewall or proxy that"
                        + " forgets connections.",
                null);
    }

    /** One that has nothing to do waits for us, for more log, or for its words to be taken, and would have answered. */
    private boolean busy() {
        try (Connection session = source.session();
                PreparedStatement query =
                        session.prepareStatement("SELECT wait_event FROM pg_stat_activity WHERE pid = ?")) {
            query.setInt(1, backend);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && !String.valueOf(rows.getString(1)).startsWith("WalSender");
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + slot, e);
        }
    }
}
