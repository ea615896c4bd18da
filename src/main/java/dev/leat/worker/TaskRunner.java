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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration FIRST_CLEANUP_RETRY = Duration.ofSeconds(30);

    private final UUID id;
    private final TaskRuns runs;
    private final LiveRuns live;
    private final SyncPlans plans;
    private final PrecheckRunner prechecks;
    private final WalPolicy wal;
    private final Orphans orphans;
    private final Clock clock;
    private final Object signal = new Object();
    private final MetadataOutage outage;
    private int failures;
    private boolean overtaken;
    private volatile boolean shuttingDown;
    private volatile boolean endpointsChanged;
    /** The connections of the present attempt, by name, with the versions that it knows. */
    private volatile Map<String, Long> planned = Map.of();

    private volatile @Nullable SyncRun running;
    private volatile int refreshes;

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
        this.outage = new MetadataOutage(id, runs, clock);
    }

    /** Runs until the task's state asks for nothing more, or the node shuts down. */
    void run() throws InterruptedException {
        boolean wanted = true;
        while (wanted && !shuttingDown) {
            try {
                wanted = step();
            } catch (DataAccessException | TransactionException e) {
                outage.goesOn(e);
                rest(outage.pause());
            }
        }
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
                if (waitUntil(retrying.nextAttempt())) {
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

    /** The task's state has changed; the run ends if the new state does not want it. */
    void stateChanged() {
        synchronized (signal) {
            signal.notifyAll();
        }
        SyncRun run = running;
        if (run != null && !wantsToRun()) {
            run.drain();
        }
    }

    /** The task wants a fresh run: what was read is delivered and saved first, then the next one begins. */
    void refreshed() {
        synchronized (signal) {
            signal.notifyAll();
        }
        SyncRun run = running;
        if (run != null && wantsFreshRun()) {
            run.drain();
        }
    }

    private boolean wantsFreshRun() {
        return runs.refreshes(id).filter(asked -> asked != refreshes).isPresent();
    }

    /** The task has other limits; the run goes by them at once. */
    void limitsChanged() {
        SyncRun run = running;
        if (run != null) {
            runs.limits(id).ifPresent(run::throttle);
        }
    }

    /** How the connections stand; when one of the task's has changed, the next attempt begins at once and goes by it. */
    void connectionsAre(Map<String, Long> versions) {
        Map<String, Long> known = planned;
        known.forEach((name, version) -> {
            if (!version.equals(versions.get(name))) {
                endpointsChanged("Connection '" + name + "' was changed");
            }
        });
    }

    /** What was read over the former endpoints is delivered and saved; the position stays. */
    private void endpointsChanged(String what) {
        planned = Map.of();
        endpointsChanged = true;
        runs.event(id, "INFO", "CONNECTION_CHANGED", what + "; the task goes on by it from its checkpoint.", null);
        SyncRun run = running;
        if (run != null) {
            run.drain();
        }
        synchronized (signal) {
            signal.notifyAll();
        }
    }

    /** The node goes down: the run saves what it has and ends. */
    void shutDown() {
        shuttingDown = true;
        SyncRun run = running;
        if (run != null) {
            run.drain();
        }
        synchronized (signal) {
            signal.notifyAll();
        }
    }

    /** Whether it ended because another runner has the task now. To be asked by the thread that ran it. */
    boolean overtaken() {
        return overtaken;
    }

    private boolean wantsToRun() {
        return runs.state(id)
                .map(state -> state instanceof TaskState.Running || state instanceof TaskState.Retrying)
                .orElse(false);
    }

    private void attempt() throws InterruptedException {
        TaskRuns.Claim claim = runs.claim(id);
        outage.tell();
        refreshes = claim.refreshes();
        Attempt attempt = new Attempt(runs, claim, wal);
        try {
            endpointsChanged = false;
            planned = plans.versions(claim);
            SyncRun run = new SyncRun(plans.plan(claim), attempt, attempt, clock);
            live.begin(id, run.status());
            SyncRun.End end = supervised(run);
            if (end == SyncRun.End.COMPLETED) {
                runs.finished(id);
            }
        } catch (SyncException e) {
            failed(claim, attempt, e);
        } catch (DataAccessException | TransactionException e) {
            failed(claim, attempt, MetadataOutage.failure(claim.name(), e));
        } catch (RuntimeException e) {
            String what = "Task '" + claim.name() + "': " + e.getClass().getSimpleName() + ": " + e.getMessage();
            failed(claim, attempt, new SyncException(FailureKind.UNKNOWN, what, e));
        } finally {
            live.end(id);
        }
    }

    private SyncRun.End supervised(SyncRun run) throws InterruptedException {
        running = run;
        // ends by itself when the run does: an interrupt would break the metadata session that it may be using
        Thread.ofVirtual().start(() -> watch(run));
        try {
            if (shuttingDown) {
                run.drain();
            }
            return run.run();
        } finally {
            running = null;
        }
    }

    /** Another node may have changed the state or the limits, which no signal tells. */
    private void watch(SyncRun run) {
        try {
            Optional<Integer> revision = Optional.empty();
            while (running == run) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
                revision = look(run, revision);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Integer> look(SyncRun run, Optional<Integer> before) {
        try {
            if (!wantsToRun() || wantsFreshRun()) {
                run.drain();
            }
            Optional<Integer> present = runs.revision(id);
            if (!present.equals(before)) {
                limitsChanged();
                connectionsNamed();
            }
            return present;
        } catch (RuntimeException e) {
            // the next look may succeed
            LOG.atWarn().addKeyValue("taskId", id).log("Cannot read the task's state: {}", e.getMessage());
            return before;
        }
    }

    /** The task may name other connections than those that it runs over. */
    private void connectionsNamed() {
        Set<String> names = runs.look(id).map(SyncPlans::connectionsOf).orElse(Set.of());
        if (!planned.isEmpty() && !planned.keySet().equals(names)) {
            endpointsChanged("The task's connections are " + String.join(" and ", names));
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
        boolean owned = runs.ended(claim, () -> {
            if (ends.isPresent() && next.isBefore(ends.get())) {
                runs.retrying(id, failure, since, next, ends.get());
            } else {
                runs.failed(id, failure, since);
            }
        });
        if (!owned) {
            overtaken(failure);
        }
    }

    /** Another runner has the task, which is why this one failed, or does not matter any more. */
    private void overtaken(SyncException failure) {
        LOG.atWarn().addKeyValue("taskId", id).log("Another run has the task: {}", failure.getMessage());
        overtaken = true;
        shuttingDown = true;
    }

    /** Waits without asking for the task's state. */
    private void rest(Duration pause) throws InterruptedException {
        Instant end = clock.instant().plus(pause);
        synchronized (signal) {
            while (!shuttingDown && clock.instant().isBefore(end)) {
                signal.wait(Math.clamp(Duration.between(clock.instant(), end).toMillis(), 1, LOOK_EVERY.toMillis()));
            }
        }
    }

    private boolean waitUntil(Instant instant) throws InterruptedException {
        synchronized (signal) {
            while (!shuttingDown
                    && !endpointsChanged
                    && clock.instant().isBefore(instant)
                    && wantsToRun()
                    && !wantsFreshRun()) {
                long left = Duration.between(clock.instant(), instant).toMillis();
                signal.wait(Math.clamp(left, 1, LOOK_EVERY.toMillis()));
            }
        }
        return !shuttingDown && wantsToRun();
    }

    private void cleanUp() {
        TaskRuns.Claim claim = runs.claim(id);
        try {
            String done = SourceCleanup.after(plans.plan(claim));
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
