package dev.leat.console;

import dev.leat.settings.Phase;
import dev.leat.task.TaskView;
import dev.leat.task.TaskView.PhaseProgress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task with all that its looks need: badges, figures, and what can be done with it.
 *
 * @param current the phase that it is in; null before the first start
 * @param advice what to do about its failure; null when all is well
 * @param labels what tells it from others
 * @param actions what this reader may do now
 * @param clonable whether this reader may make a draft of it
 */
record TaskFace(
        TaskView task,
        Badge badge,
        @Nullable PhaseFace current,
        List<PhaseFace> phases,
        List<Tile> tiles,
        @Nullable Advice advice,
        List<Label> labels,
        List<TaskAction> actions,
        boolean clonable) {

    /** Whether the reader may go on with its setup. */
    public boolean isUnfinished() {
        return actions.contains(TaskAction.START) || task.state().equals("PRECHECKING") && !actions.isEmpty();
    }

    /** Message key of what to do next where nothing goes on; null where it shows by itself. */
    public @Nullable String hint() {
        return switch (task.state()) {
            case "DRAFT", "PRECHECKING", "PRECHECK_FAILED", "READY", "FINISHED", "RELEASED" ->
                "task.hint." + task.state();
            default -> null;
        };
    }

    /** One label; the text of its kind is the message {@code label.<kind>}. */
    record Label(String kind, String text) {}

    /** One phase's part of the way. */
    record PhaseFace(PhaseProgress progress, Badge badge, boolean moving) {

        /** Whether it goes on until someone ends it, so that there is no percentage. */
        public boolean isEndless() {
            return progress.phase() == Phase.INCREMENTAL;
        }
    }

    static TaskFace of(TaskView task, Units units, boolean operator) {
        boolean moving = task.state().equals("RUNNING");
        List<PhaseFace> phases = task.progress().stream()
                .map(p -> new PhaseFace(
                        p, Badge.ofPhase(p.state(), moving), moving && p.state().equals("RUNNING")))
                .toList();
        PhaseFace current = phases.stream()
                .filter(p -> p.progress().phase() == task.phase())
                .findFirst()
                .orElse(null);
        List<TaskAction> actions = operator ? TaskAction.in(task.state()) : List.of();
        return new TaskFace(
                task,
                Badge.ofTask(task.state()),
                current,
                phases,
                tiles(task, units),
                advice(task, units),
                labels(task.labels()),
                actions,
                operator);
    }

    private static @Nullable Advice advice(TaskView task, Units units) {
        var failure = task.failure();
        return failure == null ? null : Advice.of(failure.kind(), failure.remedy(), units.locale());
    }

    /** The default group tells nothing. */
    private static List<Label> labels(TaskView.Labels labels) {
        List<Label> shown = new ArrayList<>();
        add(shown, "environment", labels.environment());
        add(shown, "scene", labels.scene());
        add(shown, "resourceGroup", labels.resourceGroup().equals("default") ? null : labels.resourceGroup());
        return shown;
    }

    private static void add(List<Label> shown, String kind, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            shown.add(new Label(kind, text));
        }
    }

    private static List<Tile> tiles(TaskView task, Units units) {
        return List.of(
                new Tile("delay", units.delay(task.delaySeconds()), task.delaySeconds()),
                new Tile("rows", new Quantity(units.rate(task.rowsPerSecond()), ""), task.rowsPerSecond()),
                new Tile("bytes", units.bytesPerSecond(task.bytesPerSecond()), task.bytesPerSecond()),
                new Tile("lag", units.bytes(task.lagBytes()), asDouble(task.lagBytes())),
                new Tile("wal", units.bytes(task.walHeldBytes()), asDouble(task.walHeldBytes())));
    }

    private static @Nullable Double asDouble(@Nullable Long value) {
        return value == null ? null : value.doubleValue();
    }
}
