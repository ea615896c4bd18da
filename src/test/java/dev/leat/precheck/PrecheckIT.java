package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Servers;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(names(report, Outcome.Found.class)).containsExactly("SOURCE_CONNECTION", "DESTINATION_CONNECTION");
        assertThat(names(report, Outcome.Passed.class))
                .as("what these settings do not ask for")
                .containsExactly(
                        "DATABASE_NAME",
                        "SEGMENTS",
                        "SLOT_NAME_FREE",
                        "DISTRIBUTION_KEY",
                        "TRANSACTION_RIGHTS",
                        "FORMAT_OPTIONS",
                        "SCHEMA_REGISTRY",
                        "ACKNOWLEDGEMENT");
        onlyWaits(report);
    }

    @Test
    void everyItemThatLooksAtAnEndCannotRunWithoutIt() throws Exception {
        var nowhere = TaskDraft.nowhere();
        var source = new SourceEndpoint(
                SourceKind.ANALYTICDB_POSTGRESQL,
                "nowhere.invalid",
                1,
                "shop-1",
                "leat",
                Secret.NONE,
                SslMode.DISABLE,
                "");
        var task = TaskDraft.everything().slot("shop").exactlyOnce().settings();

        var report = new Precheck()
                .run(new PrecheckPlan("leat-test", task, source, nowhere.destination(), false), item -> {});

        assertThat(names(report, Outcome.Passed.class))
                .as("what looks at the settings alone, or needs a registry that the format does not use")
                .containsExactly("FORMAT_OPTIONS", "SCHEMA_REGISTRY", "ACKNOWLEDGEMENT");
        onlyWaits(report);
    }

    private static List<String> names(PrecheckReport report, Class<? extends Outcome> outcome) {
        return report.items().stream()
                .filter(item -> outcome.isInstance(item.outcome()))
                .map(PrecheckItem::name)
                .toList();
    }

    private static void onlyWaits(PrecheckReport report) {
        assertThat(report.items())
                .filteredOn(item -> item.outcome() instanceof Outcome.CouldNotRun)
                .extracting(PrecheckItem::outcome)
                .containsOnly(
                        new Outcome.CouldNotRun("Waits for SOURCE_CONNECTION: mend first what that check has found."),
                        new Outcome.CouldNotRun(
                                "Waits for DESTINATION_CONNECTION: mend first what that check has found."));
    }
}
