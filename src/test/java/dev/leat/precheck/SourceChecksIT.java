package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.change.Lsn;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.WalReader;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Phase;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of server, user and slot on real servers that are set up wrong on purpose. */
@ParameterizedClass
@ValueSource(ints = {12, 18})
class SourceChecksIT {

    @Parameter
    int major;

    private Workbench bench;
    private final TaskDraft task = TaskDraft.everything();

    @BeforeEach
    void open() {
        bench = new Workbench(major);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void connectionFindsWhoCannotSignIn() {
        assertThat(bench.findings(new SourceConnectionCheck(), task)).isEmpty();

        bench.database().execute("ALTER ROLE " + bench.role() + " NOLOGIN");

        assertThat(bench.findings(new SourceConnectionCheck(), task))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.message())
                            .contains(bench.database().name(), bench.role(), "not permitted to log in");
                    assertThat(finding.remedy()).contains("user, password");
                });
        assertThatThrownBy(() -> bench.run(new ReadRightsCheck(), task))
                .isInstanceOf(PreconditionFailed.class)
                .hasMessageContaining("SOURCE_CONNECTION");

        bench.database().execute("ALTER ROLE " + bench.role() + " LOGIN");

        assertThat(bench.findings(new SourceConnectionCheck(), task)).isEmpty();
    }

    @Test
    void kindFindsAPostgresThatIsCalledAnalyticDb() {
        var endpoint = bench.endpoint();
        var misnamed = new SourceEndpoint(
                SourceKind.ANALYTICDB_POSTGRESQL,
                endpoint.host(),
                endpoint.port(),
                endpoint.database(),
                endpoint.user(),
                endpoint.password(),
                endpoint.sslMode(),
                "");
        var plan = new PrecheckPlan(
                "leat-test", task.settings(), misnamed, bench.plan(task).destination(), false);

        assertThat(bench.findings(new SourceKindCheck(), task)).isEmpty();
        assertThat(new SourceKindCheck().run(new PrecheckContext(plan))).isInstanceOf(Outcome.Found.class);
        assertThat(bench.findings(new WalLevelCheck(), task)).isEmpty();
    }

    @Test
    void kindFindsAServerThatSendsNoLogicalMessages() {
        var found = bench.findings(new SourceKindCheck(), task.messageTopic("messages"));
        if (major >= 14) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                assertThat(finding.message()).contains("logical messages need PostgreSQL 14");
                assertThat(finding.remedy()).contains("destination.messageTopic");
            });
        }
    }

    @Test
    void replicationRightIsMendedByItsRemedy() {
        var found = bench.findings(new ReplicationRightCheck(), task);
        assertThat(found)
                .extracting(Finding::remedy)
                .containsExactly("ALTER ROLE \"" + bench.role() + "\" WITH REPLICATION;");

        bench.mend(found);

        assertThat(bench.findings(new ReplicationRightCheck(), task)).isEmpty();
    }

    @Test
    void readRightsAreMendedByTheirRemedies() {
        bench.database()
                .execute(
                        "CREATE SCHEMA \"Back office\"",
                        "CREATE TABLE \"Back office\".\"Orders\" (id int PRIMARY KEY)",
                        "CREATE TABLE users (id int PRIMARY KEY)");
        var found = bench.findings(new ReadRightsCheck(), task);
        assertThat(found)
                .extracting(Finding::place)
                .containsExactlyInAnyOrder("schema Back office", "Back office.Orders", "public.users");

        bench.mend(found);

        assertThat(bench.findings(new ReadRightsCheck(), task)).isEmpty();
        assertThat(bench.database().as(bench.role(), "secret").query("SELECT * FROM \"Back office\".\"Orders\""))
                .isEmpty();
    }

    @Test
    void manyUnreadableTablesAreMendedAtOnce() {
        bench.database()
                .execute("DO $$ BEGIN FOR i IN 1..25 LOOP"
                        + " EXECUTE 'CREATE TABLE t' || i || ' (id int PRIMARY KEY)'; END LOOP; END $$");
        var found = bench.findings(new ReadRightsCheck(), task);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.message()).contains("25 tables: public.t1, ", " and 20 more.");
            assertThat(finding.remedy()).startsWith("GRANT SELECT ON ALL TABLES IN SCHEMA \"public\" TO ");
        });

        bench.mend(found);

        assertThat(bench.findings(new ReadRightsCheck(), task)).isEmpty();
        assertThat(bench.findings(new ReadRightsCheck(), task.phases(Phase.INCREMENTAL)))
                .isEmpty();
    }

    @Test
    void rowSecurityIsToldAndMended() {
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                        "GRANT SELECT ON orders TO " + bench.role());
        var found = bench.findings(new ReadRightsCheck(), task);
        assertThat(found).singleElement().satisfies(f -> assertThat(f.message()).contains("Row security"));

        bench.mend(found);

        assertThat(bench.findings(new ReadRightsCheck(), task)).isEmpty();
    }

    @Test
    void slotsRunOut() {
        assertThat(bench.findings(new SlotAvailableCheck(), task)).isEmpty();
        var admin = bench.database();
        var free = Integer.parseInt(admin.value(
                "SELECT current_setting('max_replication_slots')::int - count(*) FROM pg_replication_slots"));
        try {
            for (int i = 0; i < free; i++) {
                admin.query("SELECT pg_create_physical_replication_slot('" + bench.role() + "_' || ?)", i);
            }

            assertThat(bench.findings(new SlotAvailableCheck(), task))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("max_replication_slots"));
            assertThatThrownBy(() -> bench.run(new SlotTrialCheck(), task))
                    .isInstanceOf(PreconditionFailed.class)
                    .hasMessageContaining("SLOT_AVAILABLE");
        } finally {
            admin.query(
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name LIKE ?",
                    bench.role().replace("_", "\\_") + "\\_%");
        }
    }

    @Test
    void namedSlotMayBeThereWhenItFits() {
        var slot = bench.role();
        bench.database().query("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", slot);

        assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot))).isEmpty();
        assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot + "_other")))
                .isEmpty();
    }

    @Test
    void namedSlotOfAnotherKindIsFound() {
        var slot = bench.role();
        bench.database().query("SELECT pg_create_physical_replication_slot(?)", slot);
        try {
            assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot)))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("physical slot"));
            bench.database().execute(statement(bench.findings(new SlotNameFreeCheck(), task.slot(slot))));
            assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot))).isEmpty();
        } finally {
            bench.database()
                    .query(
                            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?",
                            slot);
        }
    }

    @Test
    void namedSlotThatVanishedIsFoundWhenTheTaskGoesOn() {
        assertThat(bench.withCheckpoint().findings(new SlotNameFreeCheck(), task.slot(bench.role() + "_gone")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("full phase"));
    }

    @Test
    void namedSlotThatAnotherReadsIsFound() {
        var slot = bench.role();
        bench.asSuperuser();
        bench.database().execute("CREATE PUBLICATION shop");
        bench.database().query("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", slot);
        var other = new PostgresSource(bench.endpoint(), "somebody else");

        try (var ignored = WalReader.open(other, slot, "shop", Lsn.ZERO, Duration.ofSeconds(1), Clock.systemUTC())) {
            assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot)))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("'somebody else'"));
            bench.database().execute(statement(bench.findings(new SlotNameFreeCheck(), task.slot(slot))));
            await().untilAsserted(() -> assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot)))
                    .isEmpty());
        }
    }

    @Test
    void namedSlotThatTheTaskItselfReadsIsFree() {
        var slot = bench.role();
        bench.asSuperuser();
        bench.database().execute("CREATE PUBLICATION shop");
        bench.database().query("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", slot);

        try (var ignored =
                WalReader.open(bench.source(), slot, "shop", Lsn.ZERO, Duration.ofSeconds(1), Clock.systemUTC())) {
            assertThat(bench.findings(new SlotNameFreeCheck(), task.slot(slot))).isEmpty();
        }
    }

    @Test
    void namedTablesHaveToExist() {
        bench.database()
                .execute(
                        "CREATE TABLE \"Orders\" (id int)",
                        "CREATE VIEW latest AS SELECT 1 AS id",
                        "CREATE SCHEMA bare");
        assertThat(bench.findings(new TablesExistCheck(), task)).isEmpty();
        assertThat(bench.findings(new TablesExistCheck(), task.table("Orders"))).isEmpty();

        var found = bench.findings(
                new TablesExistCheck(),
                task.only(
                        ObjectRule.of("public", "orders"),
                        ObjectRule.of("public", "latest"),
                        ObjectRule.of("public", "gone"),
                        new ObjectRule("bare", null, null, null, null, null, null, null)));

        assertThat(found)
                .extracting(Finding::place)
                .containsExactlyInAnyOrder("public.orders", "public.latest", "public.gone", "schema bare");
        var messages = new ArrayList<>(found.stream().map(Finding::message).toList());
        assertThat(messages).anyMatch(m -> m.contains("There is a table public.Orders."));
        assertThat(messages).anyMatch(m -> m.contains("There is a view public.latest."));
    }

    @Test
    void anEmptySelectionIsAnError() {
        assertThat(bench.findings(new TablesExistCheck(), task))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
    }

    /** The statement within a remedy that tells more than that. */
    private static String statement(List<Finding> findings) {
        String remedy = findings.getFirst().remedy();
        return remedy.substring(remedy.indexOf("SELECT"), remedy.indexOf(';') + 1);
    }
}
