package dev.leat.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps how tasks did: every ten seconds for two hours, every minute for three days, every quarter of an hour for a
 * month. Each node samples its own runs; one at a time rolls them up.
 */
@Component
public class Samples {

    /** How fine samples are, and for how long they are kept. */
    private enum Grain {
        FINE(Duration.ofSeconds(10), Duration.ofHours(2)),
        MINUTE(Duration.ofMinutes(1), Duration.ofDays(3)),
        QUARTER(Duration.ofMinutes(15), Duration.ofDays(32));

        private final Duration length;
        private final Duration kept;

        Grain(Duration length, Duration kept) {
            this.length = length;
            this.kept = kept;
        }

        /** The finest that still reaches back so far. */
        static Grain reaching(Duration age) {
            return age.compareTo(FINE.kept) <= 0 ? FINE : age.compareTo(MINUTE.kept) <= 0 ? MINUTE : QUARTER;
        }
    }

    /** A sample has the time at which its ten seconds begin. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private static final String ROLL_UP = """
            INSERT INTO task_sample (task_id, grain_seconds, at, delay_seconds, wal_held_bytes, lag_bytes,
                                     rows_per_second, bytes_per_second)
            SELECT task_id, :coarse, to_timestamp(floor(extract(epoch FROM at) / :coarse) * :coarse) AS bucket,
                   max(delay_seconds), max(wal_held_bytes), max(lag_bytes), avg(rows_per_second), avg(bytes_per_second)
            FROM task_sample
            WHERE grain_seconds = :fine AND at >= :since
              AND at < to_timestamp(floor(extract(epoch FROM cast(:now AS timestamptz)) / :coarse) * :coarse)
            GROUP BY task_id, bucket
            ON CONFLICT (task_id, grain_seconds, at) DO UPDATE SET
              delay_seconds = excluded.delay_seconds, wal_held_bytes = excluded.wal_held_bytes,
              lag_bytes = excluded.lag_bytes, rows_per_second = excluded.rows_per_second,
              bytes_per_second = excluded.bytes_per_second
            """;

    private final LiveRuns runs;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Samples(LiveRuns runs, JdbcTemplate template, PlatformTransactionManager transactions, Clock clock) {
        this.runs = runs;
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Samples of a task from a time on, oldest first; the older the time, the coarser they are. */
    public List<Sample> since(UUID task, Instant from) {
        Grain grain = Grain.reaching(Duration.between(from, clock.instant()).minus(Duration.ofMinutes(1)));
        return jdbc.sql("""
                        SELECT at, delay_seconds, wal_held_bytes, lag_bytes, rows_per_second, bytes_per_second
                        FROM task_sample WHERE task_id = :task AND grain_seconds = :grain AND at >= :from ORDER BY at
                        """)
                .param("task", task)
                .param("grain", grain.length.toSeconds())
                .param("from", time(from))
                .query((row, number) -> sample(row))
                .list();
    }

    /** How tasks do that run on another node: the newest samples, as long as they are fresh. */
    Map<UUID, Sample> fresh(List<UUID> tasks) {
        Map<UUID, Sample> fresh = new HashMap<>();
        if (!tasks.isEmpty()) {
            jdbc.sql("""
                            SELECT DISTINCT ON (task_id) at, delay_seconds, wal_held_bytes, lag_bytes,
                                   rows_per_second, bytes_per_second, task_id
                            FROM task_sample WHERE task_id IN (:tasks) AND grain_seconds = :grain AND at >= :from
                            ORDER BY task_id, at DESC
                            """)
                    .param("tasks", tasks)
                    .param("grain", Grain.FINE.length.toSeconds())
                    .param("from", time(clock.instant().minus(FRESH)))
                    .query(row -> {
                        fresh.put(row.getObject("task_id", UUID.class), sample(row));
                    });
        }
        return fresh;
    }

    /** Seconds between two samples that reach back to a time. */
    public long grainSeconds(Instant from) {
        return Grain.reaching(Duration.between(from, clock.instant()).minus(Duration.ofMinutes(1)))
                .length
                .toSeconds();
    }

    /** Writes down how the runs on this node do. */
    @Scheduled(fixedRate = 10_000)
    void take() {
        long grain = Grain.FINE.length.toSeconds();
        OffsetDateTime now = time(Instant.ofEpochSecond(clock.instant().getEpochSecond() / grain * grain));
        List<Object[]> rows = runs.all().entrySet().stream()
                .map(run -> row(run.getKey(), now, run.getValue()))
                .toList();
        if (!rows.isEmpty()) {
            template.batchUpdate("""
                    INSERT INTO task_sample (task_id, grain_seconds, at, delay_seconds, wal_held_bytes, lag_bytes,
                                             rows_per_second, bytes_per_second)
                    SELECT id, ?, ?, ?, ?, ?, ?, ? FROM task WHERE id = ? ON CONFLICT DO NOTHING
                    """, rows);
        }
    }

    private static Object[] row(UUID task, OffsetDateTime at, LiveRuns.LiveRun run) {
        return new Object[] {
            Grain.FINE.length.toSeconds(),
            at,
            run.takeWorstDelay().orElse(null),
            known(run.status().walHeldBytes().orElse(-1)),
            known(run.status().lagBytes().orElse(-1)),
            run.rowsPerSecond(),
            run.bytesPerSecond(),
            task
        };
    }

    private static @Nullable Long known(long value) {
        return value < 0 ? null : value;
    }

    /** Rolls up what is complete, and forgets what is old; nodes that do so at once would lock rows crosswise. */
    @Scheduled(fixedDelay = 60_000, initialDelay = 30_000)
    void rollUp() {
        transaction.executeWithoutResult(status -> {
            if (mine()) {
                rollUpAll();
            }
        });
    }

    private boolean mine() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(:room, :job)")
                .param("room", "task_sample".hashCode())
                .param("job", 0)
                .query(Boolean.class)
                .single();
    }

    void rollUpAll() {
        rollUp(Grain.FINE, Grain.MINUTE);
        rollUp(Grain.MINUTE, Grain.QUARTER);
        for (Grain grain : Grain.values()) {
            jdbc.sql("DELETE FROM task_sample WHERE grain_seconds = :grain AND at < :old")
                    .param("grain", grain.length.toSeconds())
                    .param("old", time(clock.instant().minus(grain.kept)))
                    .update();
        }
    }

    /** A few buckets back, for a node that was away takes up where it was. */
    private void rollUp(Grain fine, Grain coarse) {
        long seconds = coarse.length.toSeconds();
        long since = clock.instant().minus(coarse.length.multipliedBy(3)).getEpochSecond() / seconds * seconds;
        jdbc.sql(ROLL_UP)
                .param("fine", fine.length.toSeconds())
                .param("coarse", seconds)
                .param("since", time(Instant.ofEpochSecond(since)))
                .param("now", time(clock.instant()))
                .update();
    }

    private static Sample sample(ResultSet row) throws SQLException {
        return new Sample(
                row.getObject(1, OffsetDateTime.class).toInstant(),
                row.getObject(2, Double.class),
                row.getObject(3, Long.class),
                row.getObject(4, Long.class),
                row.getDouble(5),
                row.getDouble(6));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
