package dev.leat.alert;

import dev.leat.settings.AlertSettings;
import dev.leat.settings.Phase;
import dev.leat.task.SlotView;
import dev.leat.task.TaskState;
import dev.leat.task.WatchedTask;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task that runs and follows the log without delay, of which a test says what is different. */
record WatchedTaskSample(WatchedTask task) {

    static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    static final TaskState.Trouble TROUBLE =
            new TaskState.Trouble("DESTINATION_UNREACHABLE", "Broker b:9092: refused.", "Start the broker.", NOON);

    WatchedTaskSample() {
        this(new WatchedTask(
                new UUID(0, 7),
                "shop",
                new TaskState.Running(),
                Phase.INCREMENTAL,
                NOON,
                null,
                0.0,
                null,
                AlertSettings.DEFAULT));
    }

    static TaskState retrying() {
        return new TaskState.Retrying(TROUBLE, NOON.plusSeconds(5), NOON.plusSeconds(600));
    }

    WatchedTaskSample in(TaskState state) {
        return new WatchedTaskSample(new WatchedTask(
                task.id(),
                task.name(),
                state,
                task.phase(),
                task.phaseSince(),
                task.failingSince(),
                task.delaySeconds(),
                task.slot(),
                task.alerts()));
    }

    WatchedTaskSample in(@Nullable Phase phase, @Nullable Instant since) {
        return new WatchedTaskSample(new WatchedTask(
                task.id(),
                task.name(),
                task.state(),
                phase,
                since,
                task.failingSince(),
                task.delaySeconds(),
                task.slot(),
                task.alerts()));
    }

    WatchedTaskSample behind(@Nullable Double seconds, @Nullable Instant failingSince) {
        return new WatchedTaskSample(new WatchedTask(
                task.id(),
                task.name(),
                task.state(),
                task.phase(),
                task.phaseSince(),
                failingSince,
                seconds,
                task.slot(),
                task.alerts()));
    }

    WatchedTaskSample holding(long bytes, long limit) {
        SlotView slot = new SlotView(
                "leat_7", false, false, "0/1", "0/1", bytes, 0, limit, "max_slot_wal_keep_size", 0, null, NOON);
        return new WatchedTaskSample(new WatchedTask(
                task.id(),
                task.name(),
                task.state(),
                task.phase(),
                task.phaseSince(),
                task.failingSince(),
                task.delaySeconds(),
                slot,
                task.alerts()));
    }

    WatchedTaskSample told(AlertSettings alerts) {
        return new WatchedTaskSample(new WatchedTask(
                task.id(),
                task.name(),
                task.state(),
                task.phase(),
                task.phaseSince(),
                task.failingSince(),
                task.delaySeconds(),
                task.slot(),
                alerts));
    }
}
