package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.kafka.TransactionLog;
import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.Acks;
import dev.leat.settings.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What checks make of facts that a test server cannot be brought to. */
class DecisionsTest {

    private static final String GREENPLUM = "PostgreSQL 12.12 (Greenplum Database 7.1.0 build x) on x86_64";
    private static final String POSTGRES = "PostgreSQL 18.1 on x86_64";

    @ParameterizedTest
    @ValueSource(strings = {"7.2.1.4", "7.2.1.10", "7.2.2", "7.10", "8", "7.2.1.4-build7", "v7.2.1.4"})
    void takesAnalyticDbFromKernel7214On(String kernel) {
        assertThat(SourceKindCheck.analyticDb("db", server(120_012, GREENPLUM, kernel)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.2.1.3", "7.2.0.10", "7.1.9.9", "6.6.2.4", "7.2.1", "7"})
    void refusesOlderKernels(String kernel) {
        assertThat(SourceKindCheck.analyticDb("db", server(120_012, GREENPLUM, kernel)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.message()).contains(kernel).contains("7.2.1.4");
                });
    }

    @Test
    void alertsToAKernelThatIsNotTold() {
        assertThat(SourceKindCheck.analyticDb("db", server(120_012, GREENPLUM, "")))
                .extracting(Finding::severity)
                .containsExactly(Severity.ALERT);
    }

    @Test
    void refusesAServerOfTheOtherKind() {
        assertThat(SourceKindCheck.analyticDb("db", server(180_001, POSTGRES, "")))
                .extracting(Finding::remedy)
                .containsExactly("Change the connection's kind to POSTGRESQL.");
        assertThat(SourceKindCheck.postgres("db", server(120_012, GREENPLUM, "7.2.1.4")))
                .extracting(Finding::remedy)
                .containsExactly("Change the connection's kind to ANALYTICDB_POSTGRESQL.");
    }

    @Test
    void refusesPostgresBefore12() {
        assertThat(SourceKindCheck.postgres("db", server(110_022, "PostgreSQL 11.22", "")))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
        assertThat(SourceKindCheck.postgres("db", server(120_000, "PostgreSQL 12.0", "")))
                .isEmpty();
    }

    @Test
    void needsALogicalLog() {
        assertThat(WalLevelCheck.judge("db", "logical")).isEmpty();
        assertThat(WalLevelCheck.judge("db", "replica")).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("'replica'");
            assertThat(finding.remedy()).startsWith("ALTER SYSTEM SET wal_level = 'logical';");
        });
    }

    @ParameterizedTest
    @CsvSource({"20, 19, 10, 9, 1, 0", "20, 20, 10, 9, 1, 1", "20, 20, 10, 9, 0, 0", "20, 20, 10, 10, 1, 2"})
    void needsARoomForSlotAndSender(int slots, int usedSlots, int senders, int usedSenders, int needed, int findings) {
        var server = new ServerFacts(180_001, POSTGRES, "", "leat", true, true, slots, usedSlots, senders, usedSenders);

        assertThat(SlotAvailableCheck.judge("db", server, needed)).hasSize(findings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE t2 SET a = 'secret' WHERE b|UPDATE t2 SET a = …",
                "SELECT $$secret$$|SELECT …",
                "DELETE FROM t WHERE id=4711|DELETE FROM t WHERE id=…",
                "INSERT INTO t /* for Ms Smith */|INSERT INTO t …",
                "COMMIT|COMMIT"
            })
    void showsAQueryOnlyUpToItsFirstLiteral(String query, String shown) {
        assertThat(LongTransactionsCheck.withoutLiterals(query)).isEqualTo(shown);
    }

    @Test
    void namesPreparedTransactionsInTheirOwnQuotes() {
        assertThat(LongTransactionsCheck.prepared("it's", "shop", "db", 400).remedy())
                .startsWith("ROLLBACK PREPARED 'it''s';");
    }

    @Test
    void alertsToWeakAcknowledgement() {
        assertThat(new AcknowledgementCheck().run(context(TaskDraft.everything())))
                .isEqualTo(new Outcome.Passed());
        assertThat(new AcknowledgementCheck().run(context(TaskDraft.everything().acks(Acks.LEADER))))
                .isInstanceOfSatisfying(
                        Outcome.Found.class,
                        found -> assertThat(found.findings())
                                .extracting(Finding::severity)
                                .containsExactly(Severity.ALERT));
    }

    @Test
    void countsTheReplicasOfWhatIsCopied() {
        assertThat(DestinationStorageCheck.judge("kafka", 10_000_000_000L, 1, 10_000_000_000L))
                .isEqualTo(new Outcome.Passed());
        assertThat(DestinationStorageCheck.judge("kafka", 10_000_000_000L, null, 10_000_000_000L))
                .isEqualTo(new Outcome.Passed());
        assertThat(DestinationStorageCheck.judge("kafka", 10_000_000_000L, 3, 20_000_000_000L))
                .isInstanceOfSatisfying(
                        Outcome.Found.class,
                        found -> assertThat(found.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.ALERT);
                            assertThat(finding.message()).contains("10.0 GB", "3 replicas", "20.0 GB left");
                        }));
    }

    @Test
    void namesWhatKeepsTransactionsFromBeingKept() {
        var endpoint = TaskDraft.nowhere().destination();
        assertThat(TransactionRightsCheck.unwritable(endpoint, new TransactionLog(1, List.of(), 2)))
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .startsWith("1 of its 1 replicas keep up, and the topic asks for 2 (min.insync.replicas)");
                    assertThat(finding.remedy())
                            .endsWith("--alter --topic '__transaction_state' --add-config min.insync.replicas=1");
                });
        assertThat(TransactionRightsCheck.unwritable(endpoint, new TransactionLog(3, List.of(2, 5), 2)))
                .satisfies(finding -> {
                    assertThat(finding.message()).startsWith("1 of its 3 replicas keep up");
                    assertThat(finding.remedy()).startsWith("Start the brokers 2, 5,");
                });
        assertThat(new TransactionLog(3, List.of(5), 2).writable()).isTrue();
    }

    @Test
    void asksNothingOfTheLogForATaskThatOnlyCopies() {
        var context = context(TaskDraft.everything().slot("busy").phases(Phase.SCHEMA, Phase.FULL));
        var checks = List.of(
                new WalLevelCheck(),
                new PublicationRightCheck(),
                new SlotAvailableCheck(),
                new SlotNameFreeCheck(),
                new ReplicaIdentityCheck(),
                new UnloggedTablesCheck());

        assertThat(checks).extracting(check -> check.run(context)).containsOnly(new Outcome.Passed());
    }

    private static ServerFacts server(int number, String version, String kernel) {
        return new ServerFacts(number, version, kernel, "leat", true, true, 20, 0, 20, 0);
    }

    private static PrecheckContext context(TaskDraft draft) {
        var nowhere = TaskDraft.nowhere();
        return new PrecheckContext(
                new PrecheckPlan("leat-test", draft.settings(), nowhere.source(), nowhere.destination(), false));
    }
}
