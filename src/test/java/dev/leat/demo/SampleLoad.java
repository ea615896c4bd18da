package dev.leat.demo;

import dev.leat.fixture.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shop's daily business: ten small transactions a second, picked at random from {@code load.sql}. */
final class SampleLoad implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SampleLoad.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int STOP_LIMIT_SECONDS = 5;

    private final Database database;
    private final List<String> transactions = read(SampleDatabase.resource("load.sql"));
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("shop-load").factory());
    private Connection session;
    private boolean failing;

    private SampleLoad(Database database) {
        this.database = database;
    }

    static SampleLoad start(Database database) {
        var load = new SampleLoad(database);
        load.thread.scheduleWithFixedDelay(load::oneMore, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return load;
    }

    /** Each stands below a line {@code --- weight: what happens}, and is listed as often as its weight says. */
    static List<String> read(String script) {
        return Arrays.stream(script.split("(?m)^--- "))
                .skip(1)
                .flatMap(part ->
                        Collections.nCopies(
                                weight(part),
                                part.substring(part.indexOf('\n') + 1).strip())
                                .stream())
                .toList();
    }

    private static int weight(String part) {
        return Integer.parseInt(part.substring(0, part.indexOf(':')));
    }

    /** Runs a transaction of the script in a session whose autocommit is off. */
    static void run(Connection session, String transaction) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(transaction);
        }
        session.commit();
    }

    static Connection connect(Database database) throws SQLException {
        var session = database.connect(Map.of("preferQueryMode", "simple", "ApplicationName", "shop"));
        session.setAutoCommit(false);
        return session;
    }

    /** An outage is told once, and every later turn tries anew. */
    private void oneMore() {
        try {
            if (session == null) {
                session = connect(database);
            }
            run(session, transactions.get(ThreadLocalRandom.current().nextInt(transactions.size())));
            failing = false;
        } catch (SQLException | IllegalStateException e) {
            if (!failing && !thread.isShutdown()) {
                LOG.atWarn().log("The sample load pauses: {}", e.getMessage());
            }
            failing = true;
            disconnect();
        }
    }

    private void disconnect() {
        try (var ended = session) {
            session = null;
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("The session was gone already");
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                disconnect();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
