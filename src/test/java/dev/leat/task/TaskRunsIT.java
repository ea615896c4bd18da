package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.LeatServer;
import dev.leat.settings.AtWalBudget;
import dev.leat.settings.Phase;
import dev.leat.settings.RetrySettings;
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
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.TaskScheduler;

/** What those who run tasks are told, over the real metadata database. */
@LeatServer
class TaskRunsIT {

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskRuns runs;

    @Autowired
    private TaskSlots slots;

    @Autowired
    private PrecheckRuns prechecks;

    @Autowired
    private WaitingTasks waiting;

    @Autowired
    private JdbcClient metadata;

    @Autowired
    private EntityManager entities;

    @Autowired
    private TaskScheduler scheduler;

    private StoredTasks stored;

    @Autowired
    void prepare(AutowireCapableBeanFactory beans) {
        stored = beans.createBean(StoredTasks.class);
    }

    /** A draft, whose settings nobody has checked, decided it too. */
    @Test
    void theShortestConnectionWindowWinsAmongTasksThatShareAnEndAndRun() {
        String shared = "kafka-" + UUID.randomUUID();
        stored.unseenByTheWorker(() -> {
            UUID patient = stored.task("source-" + UUID.randomUUID(), shared, 600, 20);
            UUID hasty = stored.task("source-" + UUID.randomUUID(), shared, 30, 5);
            stored.task("source-" + UUID.randomUUID(), shared, 10, 5);
            UUID other = stored.task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 10, 5);
            List.of(patient, hasty, other).forEach(id -> stored.enters(id, "RUNNING"));

            assertThat(runs.retry(runs.claim(patient))).isEqualTo(new RetrySettings(30, 20));
            assertThat(runs.retry(runs.claim(hasty))).isEqualTo(new RetrySettings(30, 5));

            tasks.release(hasty, "test");
            assertThat(runs.retry(runs.claim(patient))).isEqualTo(new RetrySettings(600, 20));
        });
    }

    /** Attempt followed attempt without a pause and without an end, when nothing was left to copy after a failure. */
    @Test
    void aTaskThatCompletesWhileItIsTriedAgainFinishes() {
        stored.unseenByTheWorker(() -> {
            TaskRuns.Claim claim = stored.failing();
            runs.finished(claim);
            assertThat(tasks.get(claim.id()).state()).isEqualTo("FINISHED");
        });
    }

    /** The time of an old failure stayed, and the next one days later found its window over: failed at once. */
    @Test
    void theFirstCheckpointAfterAFailureEndsTheTrouble() {
        stored.unseenByTheWorker(() -> {
            TaskRuns.Claim claim = stored.failing();
            runs.progressed(claim);
            entities.clear();
            assertThat(runs.claim(claim.id()).failingSince()).isNull();
            assertThat(runs.state(claim.id())).contains(new TaskState.Running());
        });
    }

    /** After a rollback no list of tasks could be read any more, and the runs died without a word. */
    @Test
    void aDefinitionOfANewerVersionIsShownAndNotRunWithoutWhatItAsksFor() {
        UUID id = stored.task(Map.of());
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
        stored.enters(id, "RUNNING");
        Awaitility.await("the failure")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(tasks.get(id).failure())
                        .isNotNull()
                        .satisfies(failure -> assertThat(failure.message()).contains("TELEPATHY")));
        assertThat(tasks.get(id).state()).isEqualTo("FAILED");
        tasks.release(id, "test");
        runs.cannotRun(id, new SyncException(FailureKind.SETTINGS, "Task 'shared': cannot be read."));
        assertThat(runs.toRun()).extracting(TaskRuns.Waiting::id).doesNotContain(id);
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
        UUID id = stored.task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
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
        stored.unseenByTheWorker(() -> {
            TaskRuns.Claim late = stored.failing();
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
            stored.enters(late.id(), "PRECHECKING");
            fenced(() -> prechecks.begins(late, Map.of("ITEM", "Item"), List.of()));
            fenced(() -> prechecks.over(late, true));
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
        stored.unseenByTheWorker(() -> {
            UUID id = stored.task(Map.of());
            stored.enters(id, "RUNNING");
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
        UUID id = stored.task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
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
        UUID id = stored.task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
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

    /** The alert was told again at every look while the slot stood around the share. */
    @Test
    void aShareOfTheLimitIsToldOnceUntilThereIsRelief() {
        UUID id = stored.task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
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
}
