package dev.leat.sync;

import dev.leat.postgres.Heartbeat;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.postgres.SlotState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the slot from aside: how much WAL the source keeps for it, and a heartbeat, so that the slot moves on also
 * when nothing of the task's changes but other databases write. In the same session it has the tables looked after.
 */
final class SlotWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final PostgresSource source;
    private final ReplicationSlot slot;
    private final Heartbeat heartbeat;
    private final SlotInspection inspection;
    private final SyncStatus status;
    private final SyncListener listener;
    private final TableWatch tables;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Connection session;
    private @Nullable WalTrend trend;

    SlotWatch(
            PostgresSource source,
            ReplicationSlot slot,
            Heartbeat heartbeat,
            SlotInspection inspection,
            SyncStatus status,
            SyncListener listener,
            TableWatch tables) {
        this.source = source;
        this.slot = slot;
        this.heartbeat = heartbeat;
        this.inspection = inspection;
        this.status = status;
        this.listener = listener;
        this.tables = tables;
        this.thread = Thread.ofVirtual()
                .name(Thread.currentThread().getName() + "-slot-watch")
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                look();
            } while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeSession();
        }
    }

    /** What goes wrong here stops nothing: the road of the rows notices by itself. */
    private void look() {
        try {
            Connection open = session == null ? source.session() : session;
            session = open;
            beat(open);
            slot.state(open).ifPresent(this::seen);
            tables.look(open);
        } catch (SQLException | RuntimeException e) {
            LOG.atWarn().addKeyValue("slot", slot.name()).log("Cannot look after the slot: {}", e.getMessage());
            closeSession();
        }
    }

    /** A heartbeat that fails, as its table was dropped, hides nothing else. */
    private void beat(Connection open) {
        try {
            heartbeat.beat(open);
        } catch (SQLException | RuntimeException e) {
            LOG.atWarn().addKeyValue("slot", slot.name()).log("No heartbeat: {}", e.getMessage());
        }
    }

    private void seen(SlotState state) {
        SlotHealth health = inspection.health(state, trend);
        trend = health.trend();
        status.walEnd(state.walEnd().value());
        status.slot(health);
        listener.slotSeen(health);
    }

    private void closeSession() {
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException e) {
            LOG.atDebug().log("A session did not close: {}", e.getMessage());
        }
        session = null;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
