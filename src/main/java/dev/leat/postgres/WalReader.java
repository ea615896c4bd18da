package dev.leat.postgres;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.copy.CopyDual;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log from a slot and tells the source how far it may forget. All calls come from one thread, which has to
 * call {@link #read} or {@link #keepAlive} more often than the source's {@code wal_sender_timeout}. The driver's own
 * replication stream is not used, because it moves the confirmed position by itself on keep-alives.
 */
public final class WalReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WalReader.class);

    /** Bytes before the message in a frame: type, start, end and clock ("XLogData" in PostgreSQL's manual). */
    public static final int HEADER_BYTES = 25;

    private static final long POSTGRES_EPOCH_MILLIS = 946_684_800_000L;
    private static final Duration MAX_STATUS_INTERVAL = Duration.ofSeconds(10);

    /** How long a message that has begun may stall before the connection counts as broken. */
    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);

    private static final long MAX_BATCH_BYTES = 1 << 20;

    /** From so many frames a batch on, the log is busy, and a short nap lets data gather: it halves the source's CPU. */
    private static final int BUSY_FRAMES = 64;

    private static final long NAP_NANOS = 500_000;

    private final String slot;
    private final Connection session;
    private final WaitingSocket socket;
    private final CopyDual copy;
    private final Duration patience;
    private final Duration statusInterval;
    private final InstantSource clock;
    private final SilentStream silence;
    private long receivedLsn;
    private volatile long confirmedLsn;
    private long reportedLsn;
    private long statusAtNanos = System.nanoTime();
    private int lastFrames;

    private WalReader(
            String slot,
            Connection session,
            WaitingSocket socket,
            CopyDual copy,
            Duration patience,
            Duration statusInterval,
            InstantSource clock,
            SilentStream silence,
            Lsn start) {
        this.slot = slot;
        this.session = session;
        this.socket = socket;
        this.copy = copy;
        this.patience = patience;
        this.statusInterval = statusInterval;
        this.clock = clock;
        this.silence = silence;
        this.receivedLsn = start.value();
        this.confirmedLsn = start.value();
        this.reportedLsn = start.value();
    }

    /** Starts to read changes, without logical messages. */
    public static WalReader open(
            PostgresSource source, String slot, String publication, Lsn start, Duration patience, InstantSource clock) {
        return open(source, slot, publication, false, start, patience, clock);
    }

    /** When the source sent a frame, in microseconds since 1970 UTC. */
    static long sentAtMicros(byte[] frame) {
        return ByteBuffer.wrap(frame).getLong(17) + POSTGRES_EPOCH_MILLIS * 1000;
    }

    /**
     * Starts to read.
     *
     * @param messages whether logical messages are wanted too, which sources before PostgreSQL 14 refuse
     * @param start where to go on; the source never starts before what was confirmed
     * @param patience how long {@link #read} waits for the first frame
     * @throws SyncException when the slot is missing, busy or lost, or the publication is missing
     */
    public static WalReader open(
            PostgresSource source,
            String slot,
            String publication,
            boolean messages,
            Lsn start,
            Duration patience,
            InstantSource clock) {
        String key = UUID.randomUUID().toString();
        Connection session = source.replicationSession(key);
        WaitingSocket socket = Objects.requireNonNull(WaitingSockets.take(key));
        try {
            session.setNetworkTimeout(Runnable::run, (int) STALL_LIMIT.toMillis());
            Duration statusInterval = statusInterval(session);
            CopyDual copy = session.unwrap(PgConnection.class)
                    .getCopyAPI()
                    .copyDual("START_REPLICATION SLOT " + slot + " LOGICAL " + start
                            + " (proto_version '1', publication_names '"
                            + TableId.quote(publication).replace("'", "''") + "'"
                            + (messages ? ", messages 'true')" : ")"));
            SilentStream silence = new SilentStream(
                    source, slot, session.unwrap(PgConnection.class).getBackendPID(), statusInterval);
            return new WalReader(slot, session, socket, copy, patience, statusInterval, clock, silence, start);
        } catch (SQLException e) {
            SyncException failure = PostgresFailures.of("Replication slot " + slot, e);
            try {
                session.close();
            } catch (SQLException suppressed) {
                failure.addSuppressed(suppressed);
            }
            throw failure;
        }
    }

    /** A third of the time after which the source gives a silent reader up, so that it never has to ask. */
    private static Duration statusInterval(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT setting::bigint FROM pg_settings WHERE name = 'wal_sender_timeout'")) {
            long timeoutMillis = rows.next() ? rows.getLong(1) : 0;
            long third = timeoutMillis == 0 ? Long.MAX_VALUE : timeoutMillis / 3;
            return Duration.ofMillis(Math.min(third, MAX_STATUS_INTERVAL.toMillis()));
        }
    }

    /** Reads what is there; waits for the first frame as long as the reader's patience says. May return nothing. */
    public WalBatch read() {
        WalBatch batch = new WalBatch();
        try {
            if (lastFrames >= BUSY_FRAMES) {
                LockSupport.parkNanos(NAP_NANOS);
            }
            byte[] frame = copy.readFromCopy(false);
            if (frame == null) {
                frame = waitForFrame();
            }
            while (frame != null) {
                take(frame, batch);
                if (batch.bytes() >= MAX_BATCH_BYTES) {
                    break;
                }
                frame = copy.readFromCopy(false);
            }
            if (!copy.isActive()) {
                throw new SyncException(
                        FailureKind.SOURCE_UNREACHABLE, "Replication slot " + slot + ": the source ended the stream.");
            }
            failOnSkippedChanges();
            lastFrames = batch.frames().size();
            keepAlive();
            return batch;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Sends a status when something new was confirmed or one is due. To be called while reading has to wait. */
    public void keepAlive() {
        long now = System.nanoTime();
        boolean due = now - statusAtNanos > statusInterval.toNanos();
        if (due || reportedLsn != confirmedLsn) {
            sendStatus();
        }
    }

    /** Lets the source forget everything before a position. Safe from any thread; sent with the next reading. */
    public void confirm(Lsn lsn) {
        if (Long.compareUnsigned(lsn.value(), confirmedLsn) > 0) {
            confirmedLsn = lsn.value();
        }
    }

    /** What was last told to the source. */
    public Lsn reported() {
        return new Lsn(reportedLsn);
    }

    /** Sends a last status, if the connection still takes it, and ends the stream. */
    @Override
    public void close() {
        try {
            if (copy.isActive()) {
                sendStatus();
            }
        } catch (SyncException e) {
            LOG.debug("The last status was not sent", e);
        } finally {
            abort();
        }
    }

    /** Cuts the connection; may be called from any thread, to end a read that hangs. */
    public void abort() {
        try {
            session.abort(Runnable::run);
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + slot, e);
        }
    }

    private byte @org.jspecify.annotations.Nullable [] waitForFrame() throws SQLException {
        long start = System.nanoTime();
        try {
            if (socket.await(patience)) {
                return copy.readFromCopy(true);
            }
            silence.waited(System.nanoTime() - start);
            return null;
        } catch (IOException e) {
            throw new SyncException(
                    FailureKind.SOURCE_UNREACHABLE,
                    "Replication slot " + slot + ": the connection broke: " + e.getMessage(),
                    e);
        }
    }

    /** From 18 on the source only warns when the publication is gone, and leaves all changes out. */
    private void failOnSkippedChanges() throws SQLException {
        for (SQLWarning warning = session.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            String text = String.valueOf(warning.getMessage());
            if (text.contains("skipped loading publication")) {
                throw new SyncException(
                        FailureKind.SOURCE_OBJECT_MISSING,
                        "Replication slot " + slot + ": " + text.replace('\n', ' ') + " Its changes were left out.",
                        Publication.GONE_REMEDY,
                        warning);
            }
        }
        session.clearWarnings();
    }

    /** A change cannot be decoded without the publication as it was when the change was made. */
    private SyncException failure(SQLException e) {
        SyncException failure = PostgresFailures.of("Replication slot " + slot, e);
        return failure.kind() == FailureKind.SOURCE_OBJECT_MISSING
                        && failure.getMessage().contains("publication")
                ? new SyncException(failure.kind(), failure.getMessage(), Publication.GONE_REMEDY, e)
                : failure;
    }

    private void take(byte[] frame, WalBatch batch) {
        silence.heard();
        switch (frame[0]) {
            case 'w' -> {
                ByteBuffer header = ByteBuffer.wrap(frame);
                received(header.getLong(1));
                batch.add(frame);
            }
            case 'k' -> {
                ByteBuffer keepAlive = ByteBuffer.wrap(frame);
                received(keepAlive.getLong(1));
                batch.quiet(keepAlive.getLong(1));
                if (keepAlive.get(17) != 0) {
                    sendStatus();
                }
            }
            default ->
                throw new SyncException(
                        FailureKind.SOURCE_PROTOCOL,
                        "Replication slot " + slot + ": a frame of unknown type " + frame[0] + " arrived.");
        }
    }

    private void received(long lsn) {
        if (Long.compareUnsigned(lsn, receivedLsn) > 0) {
            receivedLsn = lsn;
        }
    }

    private void sendStatus() {
        long confirmed = confirmedLsn;
        long received = Long.compareUnsigned(receivedLsn, confirmed) > 0 ? receivedLsn : confirmed;
        ByteBuffer status = ByteBuffer.allocate(34);
        status.put((byte) 'r').putLong(received).putLong(confirmed).putLong(confirmed);
        status.putLong((clock.millis() - POSTGRES_EPOCH_MILLIS) * 1000);
        status.put((byte) (silence.doubtful() ? 1 : 0));
        try {
            copy.writeToCopy(status.array(), 0, status.capacity());
            copy.flushCopy();
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + slot, e);
        }
        reportedLsn = confirmed;
        statusAtNanos = System.nanoTime();
    }
}
