package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Servers;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.Phase;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks of an AnalyticDB for PostgreSQL, on a PostgreSQL 12 whose catalog is made to look like one. */
class AnalyticDbChecksIT {

    /** Built-in functions are called without a look at the catalog; only what the planner puts in their place is seen. */
    private static final String KERNEL = """
            CREATE OR REPLACE FUNCTION pg_catalog.current_setting(text, boolean) RETURNS text LANGUAGE sql STABLE AS
            $$ SELECT CASE $1 WHEN 'adbpg_version' THEN '%s' WHEN 'sync_replication_slots' THEN
                 public.synced() ELSE pg_catalog.setting_of($1, $2) END $$
            """;

    private Workbench bench;
    private final TaskDraft task = TaskDraft.everything();

    @BeforeEach
    void open() {
        bench = new Workbench(12).asSuperuser();
        bench.database()
                .execute(
                        "CREATE FUNCTION pg_catalog.setting_of(text, boolean) RETURNS text LANGUAGE internal STABLE AS"
                                + " 'show_config_by_name_missing_ok'",
                        "CREATE TABLE public.sync (value text PRIMARY KEY)",
                        "INSERT INTO public.sync VALUES ('off')",
                        "CREATE FUNCTION public.synced() RETURNS text LANGUAGE sql STABLE AS"
                                + " 'SELECT max(value) FROM public.sync'",
                        "CREATE OR REPLACE FUNCTION pg_catalog.version() RETURNS text LANGUAGE sql STABLE AS"
                                + " $$ SELECT 'PostgreSQL 12.12 (Greenplum Database 7.1.0 build x)' $$",
                        "CREATE TABLE gp_segment_configuration (content smallint, role \"char\","
                                + " preferred_role \"char\", status \"char\", hostname text)",
                        "INSERT INTO gp_segment_configuration VALUES (-1, 'p', 'p', 'u', 'c1'), (0, 'p', 'p', 'u', 's1')",
                        "CREATE TABLE gp_distribution_policy (localoid oid, distkey int2vector)",
                        "UPDATE pg_class SET relnamespace = 'pg_catalog'::regnamespace WHERE relname IN"
                                + " ('gp_segment_configuration', 'gp_distribution_policy')",
                        KERNEL.formatted("7.2.1.10"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void kernelIsComparedPartByPart() {
        assertThat(findings(new SourceKindCheck(), task)).isEmpty();

        bench.database().execute(KERNEL.formatted("7.2.1.3"));

        assertThat(findings(new SourceKindCheck(), task))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
    }

    @Test
    void haSettingsMatterOnceThereIsAStandby() {
        assertThat(findings(new HighAvailabilityCheck(), task)).isEmpty();

        bench.database().execute("INSERT INTO gp_segment_configuration VALUES (-1, 'm', 'm', 'u', 'c2')");

        var found = findings(new HighAvailabilityCheck(), task);
        assertThat(found).extracting(Finding::severity).containsOnly(Severity.ALERT);
        assertThat(found)
                .extracting(finding -> finding.remedy().replaceFirst("ALTER SYSTEM SET (\\w+) = on;.*", "$1"))
                .containsExactly("hot_standby_feedback", "sync_replication_slots");
        try {
            bench.database()
                    .execute(
                            "UPDATE public.sync SET value = 'on'",
                            found.getFirst().remedy());
            bench.database().execute("SELECT pg_reload_conf()");
            org.awaitility.Awaitility.await()
                    .until(() -> findings(new HighAvailabilityCheck(), task).isEmpty());
        } finally {
            bench.database().execute("ALTER SYSTEM RESET hot_standby_feedback", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void appendOptimisedTableIsFoundAndItsRowsCanBeCopied() {
        bench.database()
                .execute(
                        "CREATE ACCESS METHOD ao_row TYPE TABLE HANDLER heap_tableam_handler",
                        "CREATE TABLE facts (id int PRIMARY KEY) USING ao_row",
                        "CREATE TABLE orders (id int PRIMARY KEY)");

        assertThat(findings(new TableKindsCheck(), task)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.place()).isEqualTo("public.facts");
            assertThat(finding.remedy()).startsWith("ALTER TABLE \"public\".\"facts\" SET ACCESS METHOD heap;");
        });
        assertThat(findings(new TableKindsCheck(), task.table("orders"))).isEmpty();
        assertThat(findings(new TableKindsCheck(), task.phases(Phase.FULL))).isEmpty();
    }

    @Test
    void distributionKeyOutsideTheKeyIsFound() {
        bench.database()
                .execute(
                        "CREATE TABLE sales (id int, region text, PRIMARY KEY (id, region))",
                        "CREATE TABLE odd (id int PRIMARY KEY, region text)",
                        "INSERT INTO gp_distribution_policy VALUES ('public.sales'::regclass, '2'),"
                                + " ('public.odd'::regclass, '2')");

        assertThat(findings(new DistributionKeyCheck(), task)).singleElement().satisfies(finding -> {
            assertThat(finding.place()).isEqualTo("public.odd");
            assertThat(finding.message()).contains("distributed by region", "key (id)");
            assertThat(finding.remedy()).isEqualTo("ALTER TABLE \"public\".\"odd\" SET DISTRIBUTED BY (\"id\");");
        });

        // what the remedy does where that statement is known
        bench.database()
                .execute("UPDATE gp_distribution_policy SET distkey = '1' WHERE localoid = 'public.odd'::regclass");
        assertThat(findings(new DistributionKeyCheck(), task)).isEmpty();
    }

    @Test
    void segmentThatIsDownOrInAnothersPlaceIsFound() {
        assertThat(findings(new SegmentsCheck(), task)).isEmpty();

        bench.database()
                .execute(
                        "INSERT INTO gp_segment_configuration VALUES (1, 'p', 'm', 'u', 's2'), (1, 'm', 'p', 'd', 's3'),"
                                + " (2, 'p', 'p', 'd', 's4')");

        assertThat(findings(new SegmentsCheck(), task))
                .extracting(Finding::severity, Finding::place)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Severity.ERROR, "segment 2 on s4"),
                        org.assertj.core.groups.Tuple.tuple(Severity.ALERT, "segment 1 on s2"),
                        org.assertj.core.groups.Tuple.tuple(Severity.ALERT, "segment 1 on s3"));

        // what gprecoverseg and gprecoverseg -r do
        bench.database().execute("UPDATE gp_segment_configuration SET status = 'u', role = preferred_role");
        assertThat(findings(new SegmentsCheck(), task)).isEmpty();
    }

    @Test
    void hyphenInTheDatabasesNameIsAnAlertWhereASlotCanBeMade() {
        assertThat(findings(new DatabaseNameCheck(), task)).isEmpty();
        var server = Servers.postgres(12).admin();
        String name = "shop-" + bench.role();
        server.execute("CREATE DATABASE \"" + name + "\"");
        try {
            var found = findings(new DatabaseNameCheck(), task, name);
            assertThat(found).extracting(Finding::severity).containsExactly(Severity.ALERT);

            server.execute(found.getFirst().remedy());

            assertThat(findings(new DatabaseNameCheck(), task, name.replace('-', '_')))
                    .isEmpty();
        } finally {
            server.execute("DROP DATABASE IF EXISTS \"" + name.replace('-', '_') + "\"");
            server.execute("DROP DATABASE IF EXISTS \"" + name + "\"");
        }
    }

    private List<Finding> findings(Check check, TaskDraft draft) {
        return findings(check, draft, bench.database().name());
    }

    private List<Finding> findings(Check check, TaskDraft draft, String database) {
        var plan = bench.plan(draft);
        var own = plan.source();
        var analytic = new SourceEndpoint(
                SourceKind.ANALYTICDB_POSTGRESQL,
                own.host(),
                own.port(),
                database,
                own.user(),
                own.password(),
                own.sslMode(),
                "");
        var outcome = check.run(new PrecheckContext(new PrecheckPlan(
                plan.applicationName(), plan.task(), analytic, plan.destination(), plan.hasCheckpoint())));
        return outcome instanceof Outcome.Found found ? found.findings() : List.of();
    }
}
