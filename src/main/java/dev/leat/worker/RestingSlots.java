package dev.leat.worker;

import dev.leat.settings.Phase;
import dev.leat.sync.SlotHealth;
import dev.leat.sync.SlotInspection;
import dev.leat.task.TaskRuns;
import dev.leat.task.TaskSlots;
import dev.leat.task.TaskState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks at the slots of tasks that no run looks after: those that are paused, failed or waiting to try again keep WAL at
 * their sources all the same. One node looks at each.
 */
final class RestingSlots {

    private static final Logger LOG = LoggerFactory.getLogger(RestingSlots.class);
    private static final int MOST_AT_ONCE = 20;

    private final TaskRuns runs;
    private final TaskSlots slots;
    private final SyncPlans plans;
    private final WalPolicy policy;
    private final Duration lookEvery;
    private final InstantSource clock;

    RestingSlots(
            TaskRuns runs,
            TaskSlots slots,
            SyncPlans plans,
            WalPolicy policy,
            Duration lookEvery,
            InstantSource clock) {
        this.runs = runs;
        this.slots = slots;
        this.plans = plans;
        this.policy = policy;
        this.lookEvery = lookEvery;
        this.clock = clock;
    }

    /** A source that does not answer must not keep the others waiting. */
    @Scheduled(fixedDelay = 1000)
    void look() {
        try {
            slots.toLookAt(lookEvery, MOST_AT_ONCE)
                    .forEach(id -> Thread.ofVirtual().name("leat-slot-look").start(() -> look(id)));
        } catch (DataAccessException e) {
            LOG.atDebug().log("The metadata database does not say whose slots to look at: {}", e.getMessage());
        }
    }

    private void look(UUID id) {
        try {
            runs.look(id)
                    .filter(claim -> claim.settings().has(Phase.INCREMENTAL))
                    .ifPresent(this::look);
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("taskId", id).log("Cannot look at the task's slot: {}", e.getMessage());
        }
    }

    private void look(TaskRuns.Claim claim) {
        SlotInspection inspection = new SlotInspection(plans.plan(claim), clock);
        Optional<SlotHealth> found = inspection.look(slots.trend(claim.id()).orElse(null));
        found.ifPresentOrElse(health -> policy.seen(claim, health), () -> slots.missing(claim.id(), claim.slot()));
        found.filter(health -> policy.drops(claim, health) && rests(claim.id()))
                .ifPresent(health -> drop(claim, inspection));
    }

    private boolean rests(UUID id) {
        return runs.state(id)
                .filter(state -> state instanceof TaskState.Paused || state instanceof TaskState.Failed)
                .isPresent();
    }

    private void drop(TaskRuns.Claim claim, SlotInspection inspection) {
        inspection.drop();
        runs.event(
                claim.id(),
                "WARN",
                "SLOT_DROPPED",
                "Replication slot " + claim.slot() + ": dropped, as the task's policy says, to free its WAL.",
                "Restart the task, which copies all tables again; one without the FULL phase needs it first.");
    }
}
