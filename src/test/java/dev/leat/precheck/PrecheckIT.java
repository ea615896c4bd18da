package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Servers;
import dev.leat.settings.KafkaEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole precheck on real servers. */
class PrecheckIT {

    private static final int TABLES = Integer.getInteger("leat.precheck.tables", 100);

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void isClearAndQuickForAUserWithJustTheRightsThatItAsksFor(int major, TestReporter reporter) throws Exception {
        try (var bench = new Workbench(major)) {
            bench.into(KafkaEndpoint.plaintext(Servers.kafka().bootstrap()));
            bench.database()
                    .execute(
                            "ALTER ROLE " + bench.role() + " REPLICATION",
                            "GRANT CREATE ON DATABASE " + bench.database().name() + " TO " + bench.role(),
                            "CREATE SCHEMA shop AUTHORIZATION " + bench.role());
            bench.database()
                    .as(bench.role(), "secret")
                    .execute("DO $$ BEGIN FOR i IN 1.." + TABLES + " LOOP"
                            + " EXECUTE 'CREATE TABLE shop.t' || i || ' (id int PRIMARY KEY, a text, b int)';"
                            + " IF i % 500 = 0 THEN COMMIT; END IF;"
                            + " END LOOP; END $$");
            var heard = new ArrayList<PrecheckItem>();
            var start = System.nanoTime();

            var report = new Precheck().run(bench.plan(TaskDraft.everything()), heard::add);

            var took = Duration.ofNanos(System.nanoTime() - start);
            reporter.publishEntry(TABLES + " tables", took.toMillis() + " ms");
            assertThat(report.items())
                    .allSatisfy(
                            item -> assertThat(item.outcome()).as(item.name()).isInstanceOf(Outcome.Passed.class));
            assertThat(report.clear(Set.of())).isTrue();
            assertThat(heard).containsExactlyInAnyOrderElementsOf(report.items());
            assertThat(took).isLessThan(Duration.ofSeconds(Math.max(5, TABLES / 500)));
        }
    }

    @Test
    void leavesTheFindingToTheConnection() throws Exception {
        var report = new Precheck().run(TaskDraft.nowhere(), item -> {});

        assertThat(report.clear(Set.of())).isFalse();
        assertThat(report.items())
                .filteredOn(item -> item.outcome() instanceof Outcome.Found)
                .extracting(PrecheckItem::name)
                .containsExactly("SOURCE_CONNECTION", "DESTINATION_CONNECTION");
        assertThat(report.items())
                .filteredOn(item -> item.outcome() instanceof Outcome.CouldNotRun)
                .hasSize(24)
                .extracting(PrecheckItem::outcome)
                .containsOnly(
                        new Outcome.CouldNotRun("Waits for SOURCE_CONNECTION: mend first what that check has found."),
                        new Outcome.CouldNotRun(
                                "Waits for DESTINATION_CONNECTION: mend first what that check has found."));
    }
}
