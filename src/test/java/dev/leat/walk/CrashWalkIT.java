package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.Servers;
import dev.leat.task.CrashChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/**
 * The promise that nothing is lost: a process is killed at random instants of both phases while the source is written
 * to. {@code -Dleat.crash.kills=200 -Dleat.crash.seed=…} walks longer or repeats a walk.
 */
class CrashWalkIT {

    private static final int KILLS = Integer.getInteger("leat.crash.kills", 12);
    private static final long SEED = Long.getLong("leat.crash.seed", System.nanoTime());
    private static final int ROWS = 60_000;

    private final Random random = new Random(SEED);
    private final AtomicBoolean writing = new AtomicBoolean(true);

    @Test
    void nothingIsLostAndTheOrderOfEachRowHoldsWhateverIsKilledWhen() throws Exception {
        System.out.println("[crash walk] seed " + SEED + ", " + KILLS + " kills");
        KafkaServer kafka = Servers.kafka();
        Database source = Servers.postgres(18).newDatabase();
        Database metadata = Servers.postgres(18).newDatabase();
        UUID task = prepare(source, metadata);
        Thread writer = Thread.ofPlatform().start(() -> write(source));
        int inFull = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Child child = new Child(source, metadata, kafka, task, kill);
            String phase = kill < KILLS / 2 ? "SCHEMA" : "INCREMENTAL";
            inFull += child.killedAfter(phase, random.nextInt(1_200)) ? 1 : 0;
        }
        System.out.println("[crash walk] killed " + inFull + " times before the incremental phase");
        writing.set(false);
        writer.join();
        Child last = new Child(source, metadata, kafka, task, KILLS);
        try {
            RowVersions.arrive(source, kafka, Duration.ofSeconds(90));
        } finally {
            last.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            source.drop();
            metadata.drop();
        }
    }

    private UUID prepare(Database source, Database metadata) {
        source.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, version int NOT NULL, filler text)",
                "INSERT INTO item SELECT g, 0, repeat('x', 60) FROM generate_series(1, " + ROWS + ") g",
                "ANALYZE item");
        Flyway.configure()
                .dataSource(metadata.jdbcUrl(), metadata.user(), metadata.password())
                .load()
                .migrate();
        UUID task = UUID.randomUUID();
        metadata.execute("INSERT INTO task (id, name, definition, source_connection, destination_connection, slot,"
                + " publication, state, created_at, created_by) VALUES ('" + task
                + "', 'crash', '{}', 's', 'k', 's', 'p', 'RUNNING', now(), 'test')");
        return task;
    }

    /** Every row counts its own changes, so that a missing one or a wrong order shows. */
    private void write(Database source) {
        Random choice = new Random(SEED + 1);
        long next = ROWS + 1;
        try (Connection session = source.connect();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            while (writing.get()) {
                int size = choice.nextInt(50) == 0 ? 3_000 : 1 + choice.nextInt(20);
                int from = choice.nextInt(ROWS);
                statement.execute(
                        "UPDATE item SET version = version + 1 WHERE id BETWEEN " + from + " AND " + (from + size));
                statement.execute("INSERT INTO item VALUES (" + next + ", 0, 'new')");
                statement.execute("UPDATE item SET version = version + 1 WHERE id = " + next);
                statement.execute("DELETE FROM item WHERE id = " + (1 + choice.nextInt(ROWS)));
                next++;
                if (choice.nextInt(20) == 0) {
                    session.rollback();
                } else {
                    session.commit();
                }
                LockSupport.parkNanos(2_000_000);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A process that runs the task until it is killed. */
    private static final class Child {

        private final Process process;
        private final Path output;

        Child(Database source, Database metadata, KafkaServer kafka, UUID task, int number) throws IOException {
            output = Files.createDirectories(Path.of("target", "crash-walk")).resolve("child-" + number + ".log");
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx200m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrashChild.class.getName(),
                            source.host(),
                            Integer.toString(source.port()),
                            source.name(),
                            kafka.bootstrap(),
                            metadata.jdbcUrl(),
                            task.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(output.toFile()))
                    .start();
        }

        /** Kills it some time after it began a phase; tells whether that was before the incremental one. */
        boolean killedAfter(String phase, int millis) throws InterruptedException {
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> said("STARTED " + phase) || !process.isAlive());
            process.waitFor(millis, TimeUnit.MILLISECONDS);
            assertThat(process.isAlive())
                    .as("the child died by itself, see %s:%n%s", output, text())
                    .isTrue();
            process.destroyForcibly().waitFor();
            return !said("STARTED INCREMENTAL");
        }

        private boolean said(String text) {
            return text().contains(text);
        }

        private String text() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
