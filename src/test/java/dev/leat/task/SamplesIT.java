package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.leat.fixture.LeatServer;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.TaskSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Samples over a month, by a clock of the test's own, on the real database. */
@LeatServer
class SamplesIT {

    private static final Instant NOON = Instant.parse("2101-03-04T12:00:00Z");

    @Autowired
    private JdbcTemplate template;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskEvents events;

    @Autowired
    private PlatformTransactionManager transactions;

    private Instant now = NOON;

    @Test
    void samplesAreRolledUpAndForgottenByAge() {
        UUID task = tasks.create(TaskSettings.of("sampled", "a", "b", new ObjectSelection(null, null)), "ada");
        Samples samples = new Samples(new LiveRuns(() -> now), template, transactions, new Moving());
        for (int second = 0; second < 1_800; second += 10) {
            insert(task, NOON.plusSeconds(second), second, second % 60 == 0 ? 600 : 0);
        }
        for (int minute = 1; minute <= 30; minute++) {
            now = NOON.plus(Duration.ofMinutes(minute)).plusSeconds(1);
            samples.rollUpAll();
        }
        assertThat(samples.since(task, NOON)).hasSize(180);

        now = NOON.plus(Duration.ofHours(20));
        List<Sample> minutes = samples.since(task, NOON);
        assertThat(minutes).hasSize(30);
        assertThat(minutes.get(1).at()).isEqualTo(NOON.plusSeconds(60));
        assertThat(minutes.get(1).delaySeconds()).isEqualTo(110);
        assertThat(minutes.get(1).rowsPerSecond()).isCloseTo(100, within(0.001));

        now = NOON.plus(Duration.ofDays(20));
        List<Sample> quarters = samples.since(task, NOON);
        assertThat(quarters).extracting(Sample::at).containsExactly(NOON, NOON.plusSeconds(900));
        assertThat(quarters.getFirst().delaySeconds()).isEqualTo(890);
        samples.rollUpAll();
        assertThat(count(task)).isEqualTo(2);

        now = NOON.plus(Duration.ofDays(60));
        samples.rollUpAll();
        assertThat(count(task)).isZero();
        tasks.release(task, "ada");
    }

    @Test
    void aTaskThatRunsOnAnotherNodeHadNoDelayAndNoPace() {
        UUID task = tasks.create(TaskSettings.of("elsewhere", "a", "b", new ObjectSelection(null, null)), "ada");
        // in a transaction, since else this node would run it
        new TransactionTemplate(transactions).executeWithoutResult(unseen -> {
            template.update("UPDATE task SET state = 'RUNNING' WHERE id = ?", task);
            insert(task, Instant.now().minusSeconds(120), 5, 50);
            assertThat(tasks.get(task).delaySeconds()).isNull();

            insert(task, Instant.now().minusSeconds(10), 7, 70);
            assertThat(tasks.get(task).delaySeconds()).isEqualTo(7);
            assertThat(tasks.get(task).rowsPerSecond()).isEqualTo(70);
            unseen.setRollbackOnly();
        });
        tasks.release(task, "ada");
    }

    @Test
    void eventsWereKeptForGood() {
        UUID task = tasks.create(TaskSettings.of("eventful", "a", "b", new ObjectSelection(null, null)), "ada");
        template.update(
                "INSERT INTO task_event (task_id, at, severity, kind, message)"
                        + " SELECT ?, now() - interval '91 days', 'INFO', 'X', g::text FROM generate_series(1, 1200) g",
                task);
        events.forget();
        assertThat(events.newest(task, Long.MAX_VALUE, 2_000))
                .filteredOn(event -> event.kind().equals("X"))
                .hasSize(1_000)
                .first()
                .extracting(EventView::message)
                .isEqualTo("1200");

        tasks.release(task, "ada");
    }

    private void insert(UUID task, Instant at, double delay, double rows) {
        template.update(
                "INSERT INTO task_sample (task_id, grain_seconds, at, delay_seconds, rows_per_second, bytes_per_second)"
                        + " VALUES (?, 10, ?, ?, ?, 1)",
                task,
                at.atOffset(ZoneOffset.UTC),
                delay,
                rows);
    }

    private long count(UUID task) {
        return template.queryForObject("SELECT count(*) FROM task_sample WHERE task_id = ?", Long.class, task);
    }

    /** Stands where the test puts it. */
    private final class Moving extends Clock {

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
