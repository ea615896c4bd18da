package dev.leat.worker;

import dev.leat.sync.SyncRun;
import dev.leat.task.TaskRuns;
import dev.leat.task.TaskRuns.Asked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what changes about a task into its present run, and ends the pauses between runs: by signals of this node, and
 * by a look every second, since other nodes send none.
 */
final class ChangeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final UUID id;
    private final TaskRuns runs;
    private final Clock clock;
    private final Object signal = new Object();
    private volatile boolean stopped;
    private volatile boolean endpointsChanged;
    private volatile int refreshes;
    /** The connections of the present attempt, by name, with the versions that it knows. */
    private volatile Map<String, Long> planned = Map.of();

    private volatile @Nullable SyncRun running;

    ChangeWatch(UUID id, TaskRuns runs, Clock clock) {
        this.id = id;
        this.runs = runs;
        this.clock = clock;
    }

    /** An attempt begins. */
    void begin(TaskRuns.Claim claim) {
        refreshes = claim.refreshes();
        endpointsChanged = false;
    }

    /** The attempt goes by these connections. */
    void goesBy(Map<String, Long> connections) {
        planned = connections;
    }

    /** Runs to the end, which a change may bring. */
    SyncRun.End over(SyncRun run) throws InterruptedException {
        running = run;
        // ends by itself when the run does: an interrupt would break the metadata session that it may be using
        Thread.ofVirtual().start(() -> watch(run));
        try {
            if (stopped) {
                run.drain();
            }
            return run.run();
        } finally {
            running = null;
        }
    }

    /** The task's state has changed, or it wants a fresh run: what was read is delivered and saved, then the run ends. */
    void changed() {
        wake();
        SyncRun run = running;
        if (run != null) {
            drainUnlessWanted(run, runs.asked(id));
        }
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
        drain();
        // last, for it can fail, and the change must not be forgotten with it
        runs.event(id, "INFO", "CONNECTION_CHANGED", what + "; the task goes on by it from its checkpoint.", null);
    }

    /** The run saves what it has and ends, and none follows. */
    void stop() {
        stopped = true;
        drain();
    }

    /** Whether no run follows. */
    boolean stopped() {
        return stopped;
    }

    private void drain() {
        SyncRun run = running;
        if (run != null) {
            run.drain();
        }
        wake();
    }

    private void wake() {
        synchronized (signal) {
            signal.notifyAll();
        }
    }

    private void watch(SyncRun run) {
        try {
            Optional<Asked> before = Optional.empty();
            while (running == run) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
                before = look(run, before);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Asked> look(SyncRun run, Optional<Asked> before) {
        try {
            Optional<Asked> present = runs.asked(id);
            drainUnlessWanted(run, present);
            if (!present.map(Asked::revision).equals(before.map(Asked::revision))) {
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

    private void drainUnlessWanted(SyncRun run, Optional<Asked> asked) {
        if (!asked.filter(this::goesOn).isPresent()) {
            run.drain();
        }
    }

    /** Whether the task goes on as it is. */
    private boolean goesOn(Asked asked) {
        return asked.toRun() && asked.refreshes() == refreshes;
    }

    /** Waits without asking for the task's state. */
    void rest(Duration pause) throws InterruptedException {
        Instant end = clock.instant().plus(pause);
        synchronized (signal) {
            while (!stopped && clock.instant().isBefore(end)) {
                pause(end);
            }
        }
    }

    /** Waits until it is time for the next attempt, or something has changed; tells whether one is wanted. */
    boolean waitUntil(Instant instant) throws InterruptedException {
        synchronized (signal) {
            while (!stopped
                    && !endpointsChanged
                    && clock.instant().isBefore(instant)
                    && runs.asked(id).filter(this::goesOn).isPresent()) {
                pause(instant);
            }
        }
        return !stopped && runs.asked(id).filter(Asked::toRun).isPresent();
    }

    private void pause(Instant end) throws InterruptedException {
        signal.wait(Math.clamp(Duration.between(clock.instant(), end).toMillis(), 1, LOOK_EVERY.toMillis()));
    }
}
