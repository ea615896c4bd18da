package dev.leat.worker;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.sync.SourceCleanup;
import dev.leat.sync.SyncRun;
import dev.leat.task.LiveRuns;
import dev.leat.task.Orphans;
import dev.leat.task.TaskRuns;
import dev.leat.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Runs one task on this node for as long as its state says so: attempt after attempt, with pauses between. The only
 * caller of {@code new SyncRun}.
 */
final class TaskRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private static final Duration FIRST_CLEANUP_RETRY = Duration.ofSeconds(30);

    private final UUID id;
    private final TaskRuns runs;
    private final LiveRuns live;
    private final SyncPlans plans;
    private final PrecheckRunner prechecks;
    private final WalPolicy wal;
    private final Orphans orphans;
    private final Clock clock;
    private final ChangeWatch changes;
    private final MetadataOutage outage;
    private int failures;
    private boolean overtaken;

    TaskRunner(
            UUID id,
            TaskRuns runs,
            LiveRuns live,
            SyncPlans plans,
            PrecheckRunner prechecks,
            WalPolicy wal,
            Orphans orphans,
            Clock clock) {
        this.id = id;
        this.runs = runs;
        this.live = live;
        this.plans = plans;
        this.prechecks = prechecks;
        this.wal = wal;
        this.orphans = orphans;
        this.clock = clock;
        this.changes = new ChangeWatch(id, runs, clock);
        this.outage = new MetadataOutage(id, runs, clock);
    }

    /** Runs until the task's state asks for nothing more, or the node shuts down. */
    void run() throws InterruptedException {
        boolean wanted = true;
        while (wanted && !changes.stopped()) {
            try {
                wanted = step();
            } catch (DataAccessException | TransactionException e) {
                outage.goesOn(e);
                changes.rest(outage.pause());
            } catch (SyncException e) {
                wanted = false;
                cannotRun(e);
            } catch (RuntimeException e) {
                wanted = false;
                cannotRun(new SyncException(FailureKind.UNKNOWN, "Task " + id + ": " + e, e));
            }
        }
    }

    /** What went wrong outside any attempt: db-scheduler would only log it, and begin again. */
    private void cannotRun(SyncException failure) {
        if (failure.kind() == FailureKind.FENCED) {
            overtaken(failure);
            return;
        }
        LOG.atError()
                .addKeyValue("taskId", id)
                .addKeyValue("kind", failure.kind())
                .setCause(failure.kind() == FailureKind.UNKNOWN ? failure : null)
                .log("{}", failure.getMessage());
        runs.cannotRun(id, failure);
    }

    /** Does what the task's state asks for; tells whether there may be more to do. */
    private boolean step() throws InterruptedException {
        TaskState state = runs.state(id).orElse(new TaskState.Released());
        return switch (state) {
            case TaskState.Running _ -> {
                attempt();
                yield true;
            }
            case TaskState.Retrying retrying -> {
                if (changes.waitUntil(retrying.nextAttempt())) {
                    attempt();
                }
                yield true;
            }
            case TaskState.Prechecking _ -> {
                prechecks.run(runs.claim(id));
                yield true;
            }
            case TaskState.Released _ -> {
                cleanUp();
                yield false;
            }
            case TaskState.Draft _,
                    TaskState.PrecheckFailed _,
                    TaskState.Ready _,
                    TaskState.Paused _,
                    TaskState.Failed _,
                    TaskState.Finished _ -> false;
        };
    }

    /** What changes about the task is told there. */
    ChangeWatch changes() {
        return changes;
    }

    /** Whether it ended because another runner has the task now. To be asked by the thread that ran it. */
    boolean overtaken() {
        return overtaken;
    }

    private void attempt() throws InterruptedException {
        TaskRuns.Claim claim = runs.claim(id);
        outage.tell();
        changes.begin(claim);
        Attempt attempt = new Attempt(runs, claim, wal);
        try {
            changes.goesBy(plans.versions(claim));
            SyncRun run = new SyncRun(plans.plan(claim), attempt, attempt, clock);
            if (supervised(run) == SyncRun.End.COMPLETED) {
                runs.finished(claim);
            }
        } catch (SyncException e) {
            failed(claim, attempt, e);
        } catch (DataAccessException | TransactionException e) {
            failed(claim, attempt, MetadataOutage.failure(claim.name(), e));
        } catch (RuntimeException e) {
            String what = "Task '" + claim.name() + "': " + e.getClass().getSimpleName() + ": " + e.getMessage();
            failed(claim, attempt, new SyncException(FailureKind.UNKNOWN, what, e));
        }
    }

    private SyncRun.End supervised(SyncRun run) throws InterruptedException {
        live.begin(id, run.status());
        try {
            return changes.over(run);
        } finally {
            live.end(id, run.status());
        }
    }

    private void failed(TaskRuns.Claim claim, Attempt attempt, SyncException failure) {
        if (failure.kind() == FailureKind.FENCED) {
            overtaken(failure);
            return;
        }
        LOG.atWarn()
                .addKeyValue("taskId", id)
                .addKeyValue("kind", failure.kind())
                .setCause(failure.kind() == FailureKind.UNKNOWN ? failure : null)
                .log("{}", failure.getMessage());
        boolean first = !attempt.troubled();
        failures = first ? 0 : failures + 1;
        Instant since = first || claim.failingSince() == null ? clock.instant() : claim.failingSince();
        RetryPolicy policy =
                new RetryPolicy(runs.retry(claim), claim.settings().onTableFailure(), RandomGenerator.getDefault());
        Optional<Instant> ends = policy.windowEnds(failure.kind(), since);
        Instant next = clock.instant().plus(policy.pause(failures));
        try {
            if (ends.isPresent() && next.isBefore(ends.get())) {
                runs.retrying(claim, failure, since, next, ends.get());
            } else {
                runs.failed(claim, failure, since);
            }
        } catch (SyncException fenced) {
            overtaken(failure);
        }
    }

    /** Another runner has the task, which is why this one failed, or does not matter any more. */
    private void overtaken(SyncException failure) {
        LOG.atWarn().addKeyValue("taskId", id).log("Another run has the task: {}", failure.getMessage());
        overtaken = true;
        changes.stop();
    }

    private void cleanUp() {
        TaskRuns.Claim claim = runs.claim(id);
        try {
            String done = SourceCleanup.after(plans.plan(claim));
            orphans.dropped(claim);
            runs.event(id, "INFO", "RELEASED", done, null);
        } catch (RuntimeException e) {
            runs.event(
                    id,
                    "WARN",
                    "LEFT_AT_SOURCE",
                    "Slot " + claim.slot() + " and publication " + claim.publication() + " may be left: "
                            + e.getMessage(),
                    "SELECT pg_drop_replication_slot('" + claim.slot() + "'); DROP PUBLICATION IF EXISTS "
                            + claim.publication() + ";");
            orphans.left(claim, String.valueOf(e.getMessage()), FIRST_CLEANUP_RETRY);
        }
        runs.cleanedUp(id);
    }
}
