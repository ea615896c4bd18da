package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.LeatServer;
import dev.leat.settings.AtWalBudget;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Phase;
import dev.leat.settings.RetrySettings;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import dev.leat.settings.Violation;
import dev.leat.sync.Checkpoint;
import dev.leat.sync.Checkpoints;
import dev.leat.sync.KnownShape;
import dev.leat.sync.SlotHealth;
import dev.leat.sync.TableProgress;
import dev.leat.sync.WalLimit;
import dev.leat.sync.WalTrend;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What those who run tasks are told, over the real metadata database. */
@LeatServer
class TaskRunsIT {

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskChanges changes;

    @Autowired
    private TaskConnections ties;

    @Autowired
    private SyncTasks stored;

    @Autowired
    private Definitions definitions;

    @Autowired
    private Revisions revisions;

    @Autowired
    private TaskEvents events;

    @Autowired
    private ApplicationEventPublisher publisher;

    @Autowired
    private TaskRuns runs;

    @Autowired
    private TaskSlots slots;

    @Autowired
    private WaitingTasks waiting;

    @Autowired
    private Orphans orphans;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient metadata;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private EntityManager entities;

    @Autowired
    private TaskScheduler scheduler;

    /** A draft, whose settings nobody has checked, decided it too. */
    @Test
    void theShortestConnectionWindowWinsAmongTasksThatShareAnEndAndRun() {
        String shared = "kafka-" + UUID.randomUUID();
        unseenByTheWorker(() -> {
            UUID patient = task("source-" + UUID.randomUUID(), shared, 600, 20);
            UUID hasty = task("source-" + UUID.randomUUID(), shared, 30, 5);
            task("source-" + UUID.randomUUID(), shared, 10, 5);
            UUID other = task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 10, 5);
            List.of(patient, hasty, other).forEach(id -> enters(id, "RUNNING"));

            assertThat(runs.retry(runs.claim(patient))).isEqualTo(new RetrySettings(30, 20));
            assertThat(runs.retry(runs.claim(hasty))).isEqualTo(new RetrySettings(30, 5));

            tasks.release(hasty, "test");
            assertThat(runs.retry(runs.claim(patient))).isEqualTo(new RetrySettings(600, 20));
        });
    }

    /** What was written beside JPA was overwritten with what JPA had read before: the old phase came back. */
    @Test
    void aTransitionWritesNothingThatItDidNotChange() {
        unseenByTheWorker(() -> {
            UUID id = task(Map.of());
            enters(id, "PAUSED");
            runs.phase(runs.claim(id), Phase.INCREMENTAL);
            entities.clear();
            runs.state(id);
            runs.touchesSource(runs.claim(id));
            tasks.restart(id, "test");
            entities.flush();
            assertThat(metadata.sql("SELECT state || coalesce(phase, '') || cleaned_up FROM task WHERE id = :id")
                            .param("id", id)
                            .query(String.class)
                            .single())
                    .isEqualTo("RUNNINGfalse");
        });
    }

    /** Whatever was named went to the event log, whatever the task's state was; an empty list was an error of ours. */
    @Test
    void onlyAlertsOfATaskThatWasNotStartedCanBeIgnored() {
        UUID id = task(Map.of());
        for (List<String> items :
                List.of(List.<String>of(), List.of("MADE_UP"), Collections.<String>singletonList(null))) {
            assertThatThrownBy(() -> tasks.ignore(id, items, "test")).isInstanceOf(InvalidSettings.class);
        }
        tasks.release(id, "test");
        assertThatThrownBy(() -> tasks.ignore(id, List.of("MADE_UP"), "test")).isInstanceOf(NotInThisState.class);
        assertThat(tasks.events(id, 10)).extracting(EventView::kind).doesNotContain("ALERTS_IGNORED");
    }

    /** The old position was forgotten, and every change between it and the new slot was missing without a word. */
    @Test
    void aRestartThatCopiesNothingIsRefusedInPlaceOfLosingChanges() {
        UUID id = task(Map.of("phases", List.of("SCHEMA", "INCREMENTAL")));
        TaskRuns.Claim claim = runs.claim(id);
        save(claim, "cluster");
        enters(id, "FAILED");

        assertThatThrownBy(() -> tasks.restart(id, "test"))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        refusal -> assertThat(refusal.violations())
                                .singleElement()
                                .satisfies(violation ->
                                        assertThat(violation.remedy()).contains("Add FULL", "clone")));
        assertThat(tasks.get(id).state()).isEqualTo("FAILED");
        assertThat(runs.checkpoints(claim).load()).isPresent();
    }

    /** Attempt followed attempt without a pause and without an end, when nothing was left to copy after a failure. */
    @Test
    void aTaskThatCompletesWhileItIsTriedAgainFinishes() {
        unseenByTheWorker(() -> {
            TaskRuns.Claim claim = failing();
            runs.finished(claim);
            assertThat(tasks.get(claim.id()).state()).isEqualTo("FINISHED");
        });
    }

    /** The time of an old failure stayed, and the next one days later found its window over: failed at once. */
    @Test
    void theFirstCheckpointAfterAFailureEndsTheTrouble() {
        unseenByTheWorker(() -> {
            TaskRuns.Claim claim = failing();
            runs.progressed(claim);
            entities.clear();
            assertThat(runs.claim(claim.id()).failingSince()).isNull();
            assertThat(runs.state(claim.id())).contains(new TaskState.Running());
        });
    }

    /** A task that is tried again since an hour. */
    private TaskRuns.Claim failing() {
        UUID id = task(Map.of());
        enters(id, "RUNNING");
        TaskRuns.Claim claim = runs.claim(id);
        Instant now = Instant.now();
        SyncException failure = new SyncException(FailureKind.SOURCE_UNREACHABLE, "Source: away.");
        runs.retrying(claim, failure, now.minusSeconds(3600), now.plusSeconds(60), now.plusSeconds(600));
        assertThat(tasks.get(id).state()).isEqualTo("RETRYING");
        return claim;
    }

    private void enters(UUID id, String state) {
        metadata.sql("UPDATE task SET state = :state WHERE id = :id")
                .param("state", state)
                .param("id", id)
                .update();
        entities.clear();
    }

    /** Nobody else runs a task of a transaction that is never stored. */
    private void unseenByTheWorker(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            status.setRollbackOnly();
            work.run();
        });
    }

    /** After a rollback no list of tasks could be read any more, and the runs died without a word. */
    @Test
    void aDefinitionOfANewerVersionIsShownAndNotRunWithoutWhatItAsksFor() {
        UUID id = task(Map.of());
        defines(id, "definition || '{\"telepathy\": {}, \"dreams\": null, \"visions\": false}'");
        assertThat(runs.claim(id).settings().name()).isEqualTo("shared");

        defines(id, "jsonb_set(definition, '{source,telepathy}', '\"full\"')");
        assertThat(tasks.get(id).source()).startsWith("source-");
        assertThat(tasks.settings(id).phases()).contains(Phase.FULL);
        assertThatThrownBy(() -> runs.claim(id)).isInstanceOfSatisfying(SyncException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.SETTINGS);
            assertThat(failure).hasMessageContaining("telepathy");
            assertThat(failure.remedy()).contains("version");
        });

        defines(id, "jsonb_set(definition, '{phases}', '[\"TELEPATHY\"]')");
        assertThat(tasks.list()).extracting(TaskView::id).contains(id);
        enters(id, "RUNNING");
        Awaitility.await("the failure")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(tasks.get(id).failure())
                        .isNotNull()
                        .satisfies(failure -> assertThat(failure.message()).contains("TELEPATHY")));
        assertThat(tasks.get(id).state()).isEqualTo("FAILED");
        tasks.release(id, "test");
        runs.cannotRun(id, new SyncException(FailureKind.SETTINGS, "Task 'shared': cannot be read."));
        assertThat(runs.toRun()).doesNotContain(id);
        assertThat(tasks.events(id, 10)).extracting(EventView::kind).contains("LEFT_AT_SOURCE");
    }

    private void defines(UUID id, String definition) {
        metadata.sql("UPDATE task SET definition = (SELECT " + definition
                        + " FROM (SELECT definition::jsonb AS definition) stored)::text WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** A run that its successor had ended told of a failure, and the task seemed to be in trouble while it was not. */
    @Test
    void whatARunSaysThatWasOvertakenIsNotStored() {
        UUID id = task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
        TaskRuns.Claim late = runs.claim(id);
        TaskRuns.Claim present = runs.claim(id);

        fenced(() -> runs.event(late, "WARN", "LATE", "late", null));
        runs.event(present, "WARN", "PRESENT", "present", null);

        assertThat(metadata.sql("SELECT kind FROM task_event WHERE task_id = :id AND severity = 'WARN'")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly("PRESENT");
    }

    /** A late owner paused and failed its successor's run, and let a precheck pass that its successor still ran. */
    @Test
    void noStateIsWrittenByARunThatWasOvertaken() {
        unseenByTheWorker(() -> {
            TaskRuns.Claim late = failing();
            runs.claim(late.id());
            SyncException failure = new SyncException(FailureKind.SOURCE_WAL_LIMIT, "Slot: full.");
            Instant now = Instant.now();
            fenced(() -> runs.paused(late, failure, now));
            fenced(() -> runs.failed(late, failure, now));
            fenced(() -> runs.retrying(late, failure, now, now, now));
            fenced(() -> runs.recovered(late));
            fenced(() -> runs.progressed(late));
            fenced(() -> runs.finished(late));
            fenced(() -> runs.phase(late, Phase.FULL));
            fenced(() -> runs.touchesSource(late));
            enters(late.id(), "PRECHECKING");
            fenced(() -> runs.precheckBegins(late, Map.of("ITEM", "Item"), List.of()));
            fenced(() -> runs.prechecked(late, true));
            assertThat(tasks.get(late.id()).state()).isEqualTo("PRECHECKING");
        });
    }

    private static void fenced(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
    }

    /** A task beyond what the nodes take was RUNNING and idle, and nothing said so. */
    @Test
    void aTaskThatNoNodeTakesSaysSoOnce() {
        unseenByTheWorker(() -> {
            UUID id = task(Map.of());
            enters(id, "RUNNING");
            metadata.sql("INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                            + " VALUES ('run-task', :id, now() - interval '2 minutes', false, 1)")
                    .param("id", id.toString())
                    .update();
            waiting.tell();
            waiting.tell();
            assertThat(tasks.events(id, 10))
                    .filteredOn(event -> event.kind().equals("WAITS_FOR_NODE"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.message()).contains("500"));
        });
    }

    /** One stalled client kept the sweeps of this node waiting. */
    @Test
    void whatIsDoneNowAndThenDoesNotWaitForOneThatStalls() throws InterruptedException {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(2);
        List<ScheduledFuture<?>> jobs = new ArrayList<>();
        jobs.add(scheduler.scheduleWithFixedDelay(() -> await(stalled), Duration.ofSeconds(1)));
        jobs.add(scheduler.scheduleWithFixedDelay(others::countDown, Duration.ofMillis(10)));
        try {
            assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            stalled.countDown();
            jobs.forEach(job -> job.cancel(true));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void thePhasesTimeBeginsOnceAndAnewAfterARest() {
        UUID id = task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
        TaskRuns.Claim claim = runs.claim(id);
        runs.phase(claim, Phase.SCHEMA);
        Instant schema = phaseSince(id).orElseThrow();
        runs.phase(claim, Phase.FULL);
        Instant full = phaseSince(id).orElseThrow();
        assertThat(full).isAfter(schema);
        runs.phase(claim, Phase.FULL);
        assertThat(phaseSince(id)).as("a run that goes on in it").contains(full);

        SyncTask rested = new SyncTask();
        rested.phaseSince = full;
        rested.enter(new TaskState.Running());
        assertThat(rested.phaseSince).isEqualTo(full);
        rested.enter(new TaskState.Paused());
        assertThat(rested.phaseSince).isNull();
        metadata.sql("UPDATE task SET phase_since = NULL WHERE id = :id")
                .param("id", id)
                .update();
        runs.phase(claim, Phase.FULL);
        assertThat(phaseSince(id).orElseThrow()).isAfter(full);
    }

    private Optional<Instant> phaseSince(UUID id) {
        return metadata.sql("SELECT phase_since FROM task WHERE id = :id AND phase_since IS NOT NULL")
                .param("id", id)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    @Test
    void aShapeIsRememberedWithItsTable() {
        UUID id = task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
        TableId table = new TableId("pub\"lic", "item 🐘");
        Checkpoints checkpoints = runs.checkpoints(runs.claim(id));
        checkpoints.save(List.of(TableProgress.waiting(table, "topic", Lsn.parse("0/10"), 7)));
        assertThat(checkpoints.shapes()).isEmpty();

        KnownShape shape = new KnownShape(
                table,
                -5,
                Lsn.parse("FFFFFFFF/1"),
                3,
                List.of(new KnownShape.KnownColumn(2, "a \"b\"", "numeric(8,2)[]")),
                List.of("a \"b\""));
        checkpoints.saveShapes(List.of(shape));
        checkpoints.save(List.of(TableProgress.waiting(table, "topic", Lsn.parse("0/20"), 8)));
        assertThat(runs.checkpoints(runs.claim(id)).shapes()).containsExactly(shape);
        fenced(() -> checkpoints.saveShapes(List.of(shape)));
    }

    /** A change was looked at before the task's row was locked, and taken whatever had happened meanwhile. */
    @Test
    void aChangeOfATaskThatGotItsPositionMeanwhileIsRefused() {
        unseenByTheWorker(() -> {
            TaskRuns.Claim claim = failing();
            TaskChanges late = changes((id, definition) -> {
                save(claim, "cluster");
                return List.of();
            });
            TaskSettings present = tasks.settings(claim.id());
            TaskSource source = new TaskSource(present.source().connection(), null, "another_slot", null);
            Map<String, Object> wanted =
                    Map.of("name", "shared", "source", source, "destination", present.destination());
            TaskSettings moved = json.readValue(json.writeValueAsString(wanted), TaskSettings.class);
            assertThatThrownBy(() -> late.change(claim.id(), null, moved, "test"))
                    .isInstanceOfSatisfying(
                            InvalidSettings.class,
                            refusal -> assertThat(refusal.violations())
                                    .extracting(Violation::field)
                                    .contains("source.slot"));
        });
    }

    /** Where another connection leads was asked before the task's row was locked. */
    @Test
    void connectionsDoNotChangeUnderATaskThatGotItsPositionMeanwhile() {
        UUID id = task(Map.of());
        TaskConnections.Place seen = ties.place(id);
        save(runs.claim(id), "cluster");
        assertThatThrownBy(() -> ties.connect(id, seen, "source-" + UUID.randomUUID(), null, "test"))
                .isInstanceOf(RevisionConflict.class)
                .hasMessageContaining("Repeat the change");
        ties.connect(id, ties.place(id), "source-" + UUID.randomUUID(), null, "test");
    }

    private TaskChanges changes(DefinitionTrial trial) {
        return new TaskChanges(
                stored, definitions, revisions, events, trial, orphans, metadata, transactions, publisher);
    }

    @Test
    void whatATaskThatReadsElsewhereHasLeftIsListedOnceItStandsThere() {
        String before = "source-" + UUID.randomUUID();
        UUID id = task(before, "kafka-" + UUID.randomUUID(), 30, 5);
        runs.touchesSource(runs.claim(id));
        TaskRuns.Claim claim = runs.claim(id);
        save(claim, "first");
        TaskSettings settings = tasks.settings(id);
        changes.change(id, null, settings.with("source-" + UUID.randomUUID(), null), "test");
        assertThat(orphans.at(before)).as("it may lead to the same cluster").isEmpty();

        save(claim, "second");
        assertThat(orphans.at(before)).singleElement().satisfies(orphan -> {
            assertThat(orphan.slot()).isEqualTo(claim.slot());
            assertThat(orphan.publication()).isEqualTo(claim.publication());
            assertThat(orphan.systemIdentifier()).isEqualTo("first");
            assertThat(orphan.nextTry()).as("only on demand").isNull();
            assertThat(orphan.sql())
                    .hasSize(2)
                    .allSatisfy(sql -> assertThat(sql).contains(claim.slot()));
            assertThat(orphans.retry(orphan.id())).isTrue();
            assertThat(orphans.forget(orphan.id())).isTrue();
        });
        assertThat(orphans.at(before)).isEmpty();
    }

    /** Exchanging the connection noted nothing, and a restart forgot which cluster the slot was in. */
    @Test
    void whatATaskHasLeftIsKnownAfterARestartAndOverAnotherConnection() {
        String before = "source-" + UUID.randomUUID();
        unseenByTheWorker(() -> {
            UUID id = task(before, "kafka-" + UUID.randomUUID(), Map.of());
            runs.touchesSource(runs.claim(id));
            save(runs.claim(id), "first");
            enters(id, "PAUSED");
            tasks.restart(id, "test");
            entities.clear();
            ties.connect(id, ties.place(id), "source-" + UUID.randomUUID(), null, "test");
            TaskRuns.Claim elsewhere = runs.claim(id);
            save(elsewhere, "second");
            assertThat(orphans.at(before))
                    .singleElement()
                    .satisfies(orphan -> assertThat(orphan.systemIdentifier()).isEqualTo("first"));
            ties.connect(id, ties.place(id), before, null, "test");
            tasks.release(id, "test");
            orphans.dropped(elsewhere);
            assertThat(orphans.list())
                    .filteredOn(orphan -> id.equals(orphan.taskId()))
                    .extracting(Orphan::systemIdentifier)
                    .as("what was in the second cluster is dropped")
                    .containsExactly("first");
        });
    }

    /** The connection could go before the released task had dropped its slot, which then stayed for good. */
    @Test
    void aConnectionIsInUseUntilAReleasedTaskHasDroppedItsSlot() {
        String source = "source-" + UUID.randomUUID();
        unseenByTheWorker(() -> {
            UUID id = task(source, "kafka-" + UUID.randomUUID(), Map.of());
            runs.touchesSource(runs.claim(id));
            entities.clear();
            tasks.release(id, "test");
            assertThat(runs.usersOf(source)).containsExactly("shared");
            runs.cleanedUp(id);
            assertThat(runs.usersOf(source)).isEmpty();
        });
    }

    /** One name with dots meant two tables, and both were copied again. */
    @Test
    void aResyncOfANameThatFitsTwoTablesIsRefusedUntilItIsQuoted() {
        UUID id = task(Map.of());
        Checkpoints checkpoints = runs.checkpoints(runs.claim(id));
        List<TableId> both = List.of(new TableId("a.b", "c"), new TableId("a", "b.c"));
        checkpoints.save(both.stream()
                .map(table -> TableProgress.waiting(table, "topic", Lsn.ZERO, 0))
                .toList());
        metadata.sql("UPDATE task_table SET state = 'FOLLOWING' WHERE task_id = :id")
                .param("id", id)
                .update();
        enters(id, "PAUSED");
        assertThatThrownBy(() -> changes.resync(id, "a.b.c", "test"))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        refusal -> assertThat(refusal.violations().getFirst().remedy())
                                .isEqualTo("Say \"a\".\"b.c\" or \"a.b\".\"c\"."));
        changes.resync(id, "\"a.b\".\"c\"", "test");
        assertThat(checkpoints.resyncs()).containsExactly(both.getFirst());
        assertThatThrownBy(() -> changes.resync(id, "a.b", "test")).isInstanceOf(TableNotFound.class);
    }

    private void save(TaskRuns.Claim claim, String systemIdentifier) {
        runs.checkpoints(claim).save(new Checkpoint(claim.slot(), systemIdentifier, Lsn.ZERO, 0, Lsn.parse("0/10"), 3));
        assertThat(runs.checkpoints(claim).load().orElseThrow().timeline()).isEqualTo(3);
    }

    /** The alert was told again at every look while the slot stood around the share. */
    @Test
    void aShareOfTheLimitIsToldOnceUntilThereIsRelief() {
        UUID id = task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
        assertThat(seen(id, 10)).isZero();
        assertThat(seen(id, 55)).isEqualTo(50);
        assertThat(seen(id, 49)).isZero();
        assertThat(seen(id, 55)).isZero();
        assertThat(seen(id, 120)).isEqualTo(100);
        assertThat(seen(id, 99)).isZero();
        assertThat(seen(id, 101)).isZero();
        assertThat(seen(id, 60)).isZero();
        assertThat(seen(id, 85)).isEqualTo(80);
        assertThat(tasks.events(id, 10))
                .filteredOn(event -> event.kind().equals("WAL_HELD"))
                .extracting(EventView::severity)
                .containsExactly("WARN", "ERROR", "WARN");
        slots.missing(id, "slot");
        slots.missing(id, "slot");
        assertThat(tasks.events(id, 10))
                .filteredOn(event -> event.kind().equals("SLOT_LOST"))
                .hasSize(1);
        assertThat(tasks.get(id).slot())
                .satisfies(slot -> assertThat(slot.lost()).isTrue());
    }

    private int seen(UUID id, int percent) {
        WalTrend trend = new WalTrend(Instant.parse("2026-01-01T00:00:00Z"), percent * 10L, 1);
        WalLimit limit = new WalLimit(1_000, "source.slotCare.walBudgetGigabytes");
        return slots.seen(id, new SlotHealth("slot", false, true, Lsn.ZERO, Lsn.ZERO, trend, limit), AtWalBudget.ALERT);
    }

    private UUID task(String source, String destination, int connectionMinutes, int otherMinutes) {
        Map<String, Object> retry = Map.of("connectionMinutes", connectionMinutes, "otherMinutes", otherMinutes);
        return task(source, destination, Map.of("retry", retry));
    }

    private UUID task(Map<String, Object> more) {
        return task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), more);
    }

    private UUID task(String source, String destination, Map<String, Object> more) {
        TaskSettings defaults = TaskSettings.of("shared", source, destination, new ObjectSelection(null, null));
        Map<String, Object> definition = new HashMap<>(more);
        definition.put("name", defaults.name());
        definition.put("source", defaults.source());
        definition.put("destination", defaults.destination());
        return tasks.create(json.readValue(json.writeValueAsString(definition), TaskSettings.class), "test");
    }
}
