package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.precheck.Outcome;
import dev.leat.precheck.Precheck;
import dev.leat.precheck.PrecheckPlan;
import dev.leat.precheck.PrecheckReport;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import dev.leat.sync.SyncRun;
import dev.leat.sync.TableProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A task over very many small tables, half of them named one by one. {@code leat.tables} and {@code leat.rows} make it
 * larger than in the build, and print how long each step takes.
 */
class ManyTablesIT {

    private static final int TABLES = Integer.getInteger("leat.tables", 300);
    private static final int ROWS = Integer.getInteger("leat.rows", 20);
    private static final int NAMED = Math.min(TABLES / 2, 4_999);

    private final Map<String, Duration> times = new TreeMap<>();
    private long lap = System.nanoTime();

    @Test
    void allOfThemAreCheckedCopiedAndFollowed() throws InterruptedException {
        Database source = Servers.postgres(18).newDatabase();
        create(source);
        lap("0 made");
        TaskSettings task = task(source);
        try (Walk walk = new Walk(source, Servers.kafka(), task)) {
            PrecheckReport report = new Precheck()
                    .run(
                            new PrecheckPlan(
                                    "leat-many",
                                    task,
                                    walk.endpoint(),
                                    KafkaEndpoint.plaintext(Servers.kafka().bootstrap()),
                                    false),
                            item -> times.put("1 check " + item.name(), item.duration()));
            lap("1 checked");
            assertThat(report.items())
                    .allSatisfy(item ->
                            assertThat(item.outcome()).as(item.name()).isNotInstanceOf(Outcome.CouldNotRun.class));

            SyncRun run = walk.start();
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> run.status().phase().filter(Phase.FULL::equals).isPresent()
                            || run.status()
                                    .phase()
                                    .filter(Phase.INCREMENTAL::equals)
                                    .isPresent());
            lap("2 prepared");
            walk.follows();
            lap("3 copied");
            source.execute("INSERT INTO many.t_0 VALUES (-1)", "INSERT INTO many.t_" + (TABLES - 1) + " VALUES (-1)");
            await().atMost(Duration.ofMinutes(2)).until(() -> records(source) >= (long) TABLES * ROWS + 2);
            lap("4 followed");
            walk.stop();

            assertThat(records(source)).isEqualTo((long) TABLES * ROWS + 2);
            assertThat(walk.checkpoints().tables())
                    .hasSize(TABLES)
                    .extracting(TableProgress::state)
                    .containsOnly(TableProgress.State.FOLLOWING);
        }
        if (System.getProperty("leat.tables") != null) {
            times.forEach((step, took) -> System.out.println(step + ": " + took.toMillis() + " ms"));
        }
    }

    /** One topic for those that are named, another for the rest. */
    private static TaskSettings task(Database source) {
        List<ObjectRule> rules = new ArrayList<>();
        rules.add(new ObjectRule("many", null, null, null, null, null, null, null));
        for (int i = 0; i < NAMED; i++) {
            rules.add(new ObjectRule("many", "t_" + i, source.name() + ".named", 2, null, null, null, null));
        }
        return new TaskSettings(
                "many",
                new TaskSource("source", null, null, null),
                new TaskDestination("kafka", source.name() + ".rest", null, 2, null, null),
                EnumSet.allOf(Phase.class),
                null,
                null,
                null,
                null,
                new ObjectSelection(rules, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static long records(Database source) {
        return Servers.kafka().endOffsets(source.name() + ".named").values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                + Servers.kafka().endOffsets(source.name() + ".rest").values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    private static void create(Database source) {
        source.execute("CREATE SCHEMA many");
        for (int from = 0; from < TABLES; from += 500) {
            source.execute("DO $$ BEGIN FOR i IN " + from + " .. " + (Math.min(TABLES, from + 500) - 1) + " LOOP"
                    + " EXECUTE format('CREATE TABLE many.t_%s (id int PRIMARY KEY, name text, at timestamptz)', i);"
                    + " EXECUTE format('INSERT INTO many.t_%s SELECT g, ''row '' || g, now() FROM generate_series(1, "
                    + ROWS + ") g', i); END LOOP; END $$");
        }
    }

    private void lap(String step) {
        long now = System.nanoTime();
        times.put(step, Duration.ofNanos(now - lap));
        lap = now;
    }
}
