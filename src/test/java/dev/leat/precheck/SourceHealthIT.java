package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.ColumnSettings;
import dev.leat.settings.ObjectRule;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that try, measure or forecast, on real servers that are set up wrong on purpose. */
@ParameterizedClass
@ValueSource(ints = {12, 18})
class SourceHealthIT {

    private static final String TRIALS = "SELECT count(*) FROM pg_replication_slots WHERE slot_name LIKE 'leat_trial%'";
    private static final String PUBLICATIONS = "SELECT count(*) FROM pg_publication";

    @Parameter
    int major;

    private Workbench bench;
    private final TaskDraft task = TaskDraft.everything();

    @BeforeEach
    void open() {
        bench = new Workbench(major).asSuperuser();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void slotIsReallyMadeAndNothingIsLeft() {
        assertThat(bench.run(new SlotTrialCheck(), task)).isEqualTo(new Outcome.Passed());

        assertThat(bench.database().value(TRIALS)).isEqualTo("0");
    }

    @Test
    void slotThatNeedsAnotherRightIsLeftToTheCheckThatOwnsIt() {
        try (var weak = new Workbench(major)) {
            assertThatThrownBy(() -> weak.run(new SlotTrialCheck(), task))
                    .isInstanceOf(PreconditionFailed.class)
                    .hasMessageContaining("REPLICATION_RIGHT");

            weak.mend(weak.findings(new ReplicationRightCheck(), task));

            assertThat(weak.run(new SlotTrialCheck(), task)).isEqualTo(new Outcome.Passed());
        }
    }

    @Test
    void slotThatWaitsForATransactionIsGivenUpByTheServerItself() throws Exception {
        try (Connection open = bench.database().connect();
                var statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("SELECT txid_current()");

            assertThat(bench.run(new SlotTrialCheck(), task))
                    .isInstanceOfSatisfying(
                            Outcome.Passed.class,
                            passed -> assertThat(passed.note()).contains("waits for transactions"));
        }
        assertThat(bench.database().value(TRIALS)).isEqualTo("0");
    }

    @Test
    void trialThatDiesHalfWayLeavesNothing() throws Exception {
        try (Connection open = bench.database().connect();
                var statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("SELECT txid_current()");
            Thread trial = Thread.ofVirtual().start(() -> bench.run(new SlotTrialCheck(), task));
            await().until(() -> bench.database().value(TRIALS).equals("1"));

            trial.interrupt();
            trial.join();

            await().until(() -> bench.database().value(TRIALS).equals("0"));
            assertThat(statement.executeQuery("SELECT txid_current()").next()).isTrue();
        }
    }

    @Test
    void publicationIsTriedAndRolledBack() {
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY)");
        assertThat(bench.findings(new PublicationRightCheck(), task)).isEmpty();

        bench.database()
                .execute(
                        "CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE EXCEPTION 'publications are made by the DBA'; END $$",
                        "CREATE EVENT TRIGGER forbid ON ddl_command_start WHEN TAG IN ('CREATE PUBLICATION')"
                                + " EXECUTE FUNCTION forbid()");

        assertThat(bench.findings(new PublicationRightCheck(), task))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.message()).contains("made by the DBA");
                });
        bench.database().execute("DROP EVENT TRIGGER forbid");
        assertThat(bench.findings(new PublicationRightCheck(), task)).isEmpty();
        assertThat(bench.database().value(PUBLICATIONS)).isEqualTo("0");
    }

    @Test
    void tableThatIsLockedKeepsNobodyFromStarting() throws Exception {
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY)");
        try (Connection open = bench.database().connect();
                var statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE");

            assertThat(bench.findings(new PublicationRightCheck(), task)).isEmpty();
        }
    }

    @Test
    void clocksThatDifferAreFound() {
        var limit = Duration.ofSeconds(5);
        assertThat(bench.findings(new ClockSkewCheck(Clock.systemUTC(), limit), task))
                .isEmpty();

        assertThat(bench.findings(
                        new ClockSkewCheck(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(90)), limit), task))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ALERT);
                    assertThat(finding.message()).containsPattern("(89|90|91) s behind");
                });
    }

    @Test
    void idleSlotThatHoldsTheLogIsDroppedByItsRemedy() {
        String slot = "idle_" + bench.role();
        bench.database().execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        var check = new WalRetentionCheck(Duration.ofHours(1), 0);
        var found = bench.findings(check, task).stream()
                .filter(finding -> finding.place().equals("slot " + slot))
                .toList();
        assertThat(found).extracting(Finding::severity).containsExactly(Severity.ALERT);
        assertThat(bench.findings(check, task.slot(slot)))
                .noneMatch(finding -> finding.place().equals("slot " + slot));

        bench.mend(found);

        assertThat(bench.findings(check, task))
                .noneMatch(finding -> finding.place().equals("slot " + slot));
    }

    @Test
    void logThatOutgrowsItsLimitWithinTheRetryWindowIsMended() {
        var check = new WalRetentionCheck(Duration.ZERO, Double.MAX_VALUE);
        if (major < 14) {
            assertThat(bench.run(check, task))
                    .isInstanceOfSatisfying(
                            Outcome.Passed.class,
                            passed -> assertThat(passed.note()).contains("no limit"));
            return;
        }
        try {
            bench.database().execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
            bench.database().execute("SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))");
            var found = bench.findings(check, task);
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.ALERT);
                assertThat(finding.message()).contains("retry window of 720 min", "start over");
            });

            bench.mend(found.stream()
                    .map(f -> new Finding(f.severity(), f.place(), f.message(), doubled(f.remedy())))
                    .toList());

            assertThat(bench.findings(check, task)).isEmpty();
        } finally {
            bench.database().execute("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void logThatMayFillTheDiskWithinTheRetryWindowIsMendedByALargerBudget() {
        assumeTrue(major >= 14, "the server does not count what it writes");
        var check = new WalRetentionCheck(Duration.ZERO, Double.MAX_VALUE);
        bench.database().query("SELECT pg_stat_reset_shared('wal')");
        for (int i = 0; i < 50; i++) {
            bench.database().query("SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))");
        }
        var found = new ArrayList<Finding>();
        await().untilAsserted(() -> {
            found.addAll(bench.findings(check, task));
            assertThat(found).isNotEmpty();
        });
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ALERT);
            assertThat(finding.message()).contains("its disk may fill");
        });

        var asked = Pattern.compile("\"walBudgetGigabytes\": (\\d+)}")
                .matcher(found.getFirst().remedy());
        assertThat(asked.find()).isTrue();

        assertThat(bench.findings(check, task.walBudget(2 * Integer.parseInt(asked.group(1)))))
                .isEmpty();
    }

    /** The server has written on meanwhile, so a little more room than was forecast is given. */
    private static String doubled(String remedy) {
        var matcher = Pattern.compile("'(\\d+)MB'").matcher(remedy);
        return matcher.replaceFirst(match -> "'" + 2 * Long.parseLong(match.group(1)) + "MB'");
    }

    @Test
    void standbyWithoutItsSettingsIsFound() {
        assertThat(bench.findings(new HighAvailabilityCheck(), task)).isEmpty();
        String slot = "standby_" + bench.role();
        bench.database().execute("SELECT pg_create_physical_replication_slot('" + slot + "', true)");
        try {
            var found = bench.findings(new HighAvailabilityCheck(), task);

            assertThat(found).isNotEmpty().extracting(Finding::severity).containsOnly(Severity.ALERT);
            if (major < 17) {
                assertThat(found.getFirst().remedy()).startsWith("Upgrade the source to PostgreSQL 17");
                return;
            }
            bench.mend(found);
            bench.database().execute("SELECT pg_reload_conf()");
            assertThat(bench.findings(new HighAvailabilityCheck(), task)).isEmpty();
        } finally {
            bench.database().execute("SELECT pg_drop_replication_slot('" + slot + "')");
            bench.database().execute("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void childOfASelectedTableIsNotForgotten() {
        bench.database()
                .execute(
                        "CREATE SCHEMA other",
                        "CREATE TABLE parent (id int PRIMARY KEY)",
                        "CREATE TABLE other.child (note text) INHERITS (parent)");

        assertThat(bench.findings(new TableKindsCheck(), task)).isEmpty();
        assertThat(bench.findings(new TableKindsCheck(), task.table("parent")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place()).isEqualTo("public.parent");
                    assertThat(finding.message()).contains("other.child");
                });
        assertThat(bench.findings(
                        new TableKindsCheck(),
                        task.only(ObjectRule.of("public", "parent"), ObjectRule.of("other", "child"))))
                .isEmpty();
    }

    @Test
    void foreignTableIsNotForgotten() {
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "CREATE FOREIGN DATA WRAPPER nothing",
                        "CREATE SERVER far FOREIGN DATA WRAPPER nothing",
                        "CREATE FOREIGN TABLE remote (id int) SERVER far");

        assertThat(bench.findings(new TableKindsCheck(), task))
                .extracting(Finding::place)
                .containsExactly("public.remote");
        assertThat(bench.findings(new TableKindsCheck(), task.table("orders"))).isEmpty();
    }

    @Test
    void partitionedTableIsToldOf() {
        bench.database()
                .execute(
                        "CREATE TABLE sales (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                        "CREATE TABLE sales_1 PARTITION OF sales FOR VALUES FROM (0) TO (10)");

        assertThat(bench.run(new TableKindsCheck(), task))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.note()).startsWith("1 partitioned"));
        assertThat(bench.findings(new PublicationRightCheck(), task)).isEmpty();
    }

    @Test
    void columnsWhoseValuesAreElsewhereAreTold() {
        bench.database()
                .execute(
                        "CREATE DOMAIN lo AS oid",
                        "CREATE TABLE papers (id int PRIMARY KEY, scan lo)",
                        "CREATE TABLE orders (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)");
        assertThat(bench.run(new ColumnTypesCheck(), task.table("orders")))
                .isEqualTo(new Outcome.Passed(
                        "Generated columns are not in the log, and not in records: public.orders.twice."));
        assertThat(bench.findings(new ColumnTypesCheck(), task)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ALERT);
            assertThat(finding.place()).isEqualTo("public.papers");
            assertThat(finding.remedy()).contains("{\"exclude\": [\"scan\"]}");
        });
        var without = new ColumnSettings(Map.of(), List.of("scan"));
        assertThat(bench.findings(
                        new ColumnTypesCheck(),
                        task.only(new ObjectRule("public", "papers", null, null, null, without, null, null))))
                .isEmpty();
    }

    @Test
    void partitionThatIsForeignIsNotForgotten() {
        bench.database()
                .execute(
                        "CREATE FOREIGN DATA WRAPPER nothing",
                        "CREATE SERVER far FOREIGN DATA WRAPPER nothing",
                        "CREATE TABLE sales (id int) PARTITION BY RANGE (id)",
                        "CREATE FOREIGN TABLE sales_1 PARTITION OF sales FOR VALUES FROM (0) TO (10) SERVER far");
        assertThat(bench.findings(new UnloggedTablesCheck(), task))
                .extracting(Finding::severity, Finding::place)
                .containsExactly(tuple(Severity.ALERT, "public.sales_1"));

        bench.database().execute("ALTER TABLE sales DETACH PARTITION sales_1");

        assertThat(bench.findings(new UnloggedTablesCheck(), task)).isEmpty();
    }

    @Test
    void namedSlotWhoseLogIsGoneIsDroppedByItsRemedy() {
        assumeTrue(major >= 13, "the server keeps what slots need, whatever it takes");
        var slot = bench.role();
        var server = bench.database();
        server.query("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", slot);
        try {
            server.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
            await().untilAsserted(() -> {
                server.query("SELECT txid_current(), pg_switch_wal()");
                server.execute("CHECKPOINT");
                assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot)))
                        .extracting(Finding::message)
                        .containsExactly("The source has removed WAL that the slot needs.");
            });
        } finally {
            server.execute("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
        }

        bench.mend(bench.findings(new SlotNameFreeCheck(), task.slot(slot)));

        assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot))).isEmpty();
    }
}
