package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.settings.FormatKind;
import dev.leat.settings.Limits;
import dev.leat.settings.Phase;
import dev.leat.settings.ThrottleSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits are kept within five per cent and changed while a run goes on, in both phases. */
@Tag("alone")
class ThrottleIT {

    private static final Duration WINDOW = Duration.ofMillis(900);
    private static final String ROWS = "INSERT INTO item SELECT g, repeat('x', 200) FROM generate_series(%d, %d) g";

    @Test
    void keepsItsLimitsWhileTheyChange() {
        Database source = Servers.postgres(18).newDatabase();
        source.execute("CREATE TABLE item (id bigint PRIMARY KEY, name text)", ROWS.formatted(1, 200_000), "ANALYZE");
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))
                .throttled(full(new Limits(null, 6_000, null)))) {
            walk.start();
            LongSupplier rows = () -> walk.run().status().rows(Phase.FULL);
            await("rows").atMost(Duration.ofSeconds(30)).until(() -> rows.getAsLong() > 0);
            assertThat(rate(rows)).as("rows/s of the full phase").isCloseTo(6_000, within(300.0));
            walk.run().throttle(full(new Limits(null, null, 3.0)));
            assertThat(rate(() -> walk.run().status().bytes(Phase.FULL)))
                    .as("bytes/s of the full phase")
                    .isCloseTo(3e6, within(0.15e6));
            walk.run().throttle(ThrottleSettings.NONE);
            walk.follows();

            walk.run().throttle(incremental(new Limits(null, 4_000, null)));
            source.execute(ROWS.formatted(200_001, 260_000));
            LongSupplier changes = () -> walk.run().status().rows(Phase.INCREMENTAL);
            await("changes").atMost(Duration.ofSeconds(30)).until(() -> changes.getAsLong() > 0);
            assertThat(rate(changes)).as("changes/s").isCloseTo(4_000, within(200.0));
            walk.run().throttle(incremental(new Limits(null, null, 2.0)));
            assertThat(rate(() -> walk.run().status().bytes(Phase.INCREMENTAL)))
                    .as("bytes/s of the incremental phase")
                    .isCloseTo(2e6, within(0.1e6));
            walk.run().throttle(ThrottleSettings.NONE);
            await("the rest").atMost(Duration.ofSeconds(60)).until(() -> changes.getAsLong() == 60_000);
        }
    }

    @Test
    void sendsTheSourceSoManyQueriesASecond() {
        Database source = Servers.postgres(15).newDatabase();
        IntStream.range(0, 60).forEach(i -> source.execute("CREATE TABLE t" + i + " (id int PRIMARY KEY)"));
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))
                .throttled(full(new Limits(15.0, null, null)))) {
            walk.start();
            LongSupplier copied = () -> walk.run().status().tables().values().stream()
                    .filter(table -> table.chunksDone() > 0)
                    .count();
            await("tables").atMost(Duration.ofSeconds(30)).until(() -> copied.getAsLong() > 0);
            long from = System.nanoTime();
            long before = copied.getAsLong();
            walk.follows();
            double seconds = (System.nanoTime() - from) / 1e9;
            assertThat((60 - before) / seconds).as("queries/s").isCloseTo(15, within(1.5));
        }
    }

    @Test
    void aRunThatIsToldToStopDoesNotWaitForItsLimit() {
        Database source = Servers.postgres(15).newDatabase();
        source.execute("CREATE TABLE item (id bigint PRIMARY KEY, name text)", ROWS.formatted(1, 1_000));
        try (Walk walk = new Walk(source, Servers.kafka(), FormatKind.CANAL_JSON, EnumSet.allOf(Phase.class))
                .throttled(full(new Limits(null, 1, null)))) {
            walk.start();
            await("a row")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> walk.run().status().rows(Phase.FULL) > 0);
            walk.stop();
            walk.start().throttle(ThrottleSettings.NONE);
            walk.becomesEqual("public.item", "id");
        }
    }

    /** The median over three windows, of which one may be disturbed by the machine. */
    private static double rate(LongSupplier count) {
        return DoubleStream.generate(() -> window(count)).limit(3).sorted().toArray()[1];
    }

    private static double window(LongSupplier count) {
        long before = count.getAsLong();
        long from = System.nanoTime();
        await("a window")
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> System.nanoTime() - from > WINDOW.toNanos());
        return (count.getAsLong() - before) * 1e9 / (System.nanoTime() - from);
    }

    private static ThrottleSettings full(Limits limits) {
        return new ThrottleSettings(limits, null);
    }

    private static ThrottleSettings incremental(Limits limits) {
        return new ThrottleSettings(null, limits);
    }
}
