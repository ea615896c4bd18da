package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.EmbeddedPostgresServer;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks of what takes a restart to set wrong, and another to mend: on a server of this test alone. */
@Timeout(120)
class OwnServerIT {

    private static final Pattern SETTING = Pattern.compile("ALTER SYSTEM SET [^;]+;");

    /** What PostgreSQL has room for when nobody says otherwise. */
    private static final int MAX = 10;

    private final List<Connection> sessions = new ArrayList<>();
    private final TaskDraft task = TaskDraft.everything();
    private EmbeddedPostgresServer server;
    private Workbench bench;

    @BeforeEach
    void open() {
        server = EmbeddedPostgresServer.leaving(12, "wal_level", "max_wal_senders", "max_replication_slots");
        bench = new Workbench(server).asSuperuser();
    }

    @AfterEach
    void close() throws SQLException {
        for (var session : sessions) {
            session.close();
        }
        server.close();
    }

    @Test
    void settingsOfTheServerAreMendedByTheirRemediesAndAStandbyByItsPromotion() throws Exception {
        for (int i = 0; i < MAX; i++) {
            server.admin().query("SELECT pg_create_physical_replication_slot('taken_' || ?)", i);
            sessions.add(bench.source().replicationSession());
        }
        assertThatThrownBy(() -> bench.run(new SlotTrialCheck(), task))
                .isInstanceOf(PreconditionFailed.class)
                .hasMessageContaining("WAL_LEVEL");
        var level = errors(new WalLevelCheck(), 1);
        var room = errors(new SlotAvailableCheck(), 2);
        assertThat(room.getFirst().message()).isEqualTo("All 10 replication slots (max_replication_slots) are taken.");
        assertThat(room.getLast().message()).isEqualTo("All 10 WAL senders (max_wal_senders) are taken.");

        mend(level);
        mend(room);
        server.admin().execute("ALTER SYSTEM SET max_prepared_transactions = 1");
        server.stop(true);
        server.start();

        assertThat(bench.findings(new WalLevelCheck(), task)).isEmpty();
        assertThat(bench.findings(new SlotAvailableCheck(), task)).isEmpty();
        assertThat(bench.run(new SlotTrialCheck(), task)).isEqualTo(new Outcome.Passed());

        preparedTransactionIsEnded();
        standbyIsPromoted();
    }

    private void preparedTransactionIsEnded() {
        var check = new LongTransactionsCheck(Duration.ZERO);
        bench.database().execute("BEGIN; CREATE TABLE late (id int); PREPARE TRANSACTION 'it''s late'");
        var found = bench.findings(check, task);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ALERT);
            assertThat(finding.place()).isEqualTo("prepared transaction it's late");
        });

        bench.mend(found);

        assertThat(bench.findings(check, task)).isEmpty();
    }

    private void standbyIsPromoted() {
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY)");
        server.admin().execute("CREATE DATABASE \"shop-1\"");
        server.becomeStandby();
        var refused = errors(new SlotTrialCheck(), 1);
        assertThat(refused.getFirst().message()).contains("refused to make a slot", "recovery");
        var unpublished = errors(new PublicationRightCheck(), 1);
        assertThat(unpublished.getFirst().message()).contains("The source is a standby", "\"publication\": \"leat\"");
        assertThat(analyticDb(server.admin().user()))
                .isInstanceOfSatisfying(
                        Outcome.Found.class,
                        found -> assertThat(found.findings())
                                .extracting(Finding::severity)
                                .containsExactly(Severity.ERROR));
        assertThatThrownBy(() -> analyticDb(bench.role()))
                .isInstanceOf(PreconditionFailed.class)
                .hasMessageContaining("REPLICATION_RIGHT");

        assertThat(refused.getFirst().remedy()).endsWith("SELECT pg_promote();");
        server.admin().execute("SELECT pg_promote()");
        bench.mend(unpublished);

        await().untilAsserted(
                        () -> assertThat(bench.run(new SlotTrialCheck(), task)).isEqualTo(new Outcome.Passed()));
        assertThat(bench.findings(new PublicationRightCheck(), task.publication("leat")))
                .isEmpty();
    }

    /** What is said of a database whose name holds a hyphen, were it an AnalyticDB's. */
    private Outcome analyticDb(String user) {
        var plan = bench.plan(task);
        var own = plan.source();
        var source = new SourceEndpoint(
                SourceKind.ANALYTICDB_POSTGRESQL,
                own.host(),
                own.port(),
                "shop-1",
                user,
                own.password(),
                own.sslMode(),
                "");
        return new DatabaseNameCheck()
                .run(new PrecheckContext(
                        new PrecheckPlan("leat-test", plan.task(), source, plan.destination(), false)));
    }

    private List<Finding> errors(Check check, int count) {
        var found = bench.findings(check, task);
        assertThat(found).hasSize(count).extracting(Finding::severity).containsOnly(Severity.ERROR);
        return found;
    }

    private void mend(List<Finding> findings) {
        for (var finding : findings) {
            Matcher setting = SETTING.matcher(finding.remedy());
            assertThat(setting.find()).as(finding.remedy()).isTrue();
            server.admin().execute(setting.group());
        }
    }
}
