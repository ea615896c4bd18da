package dev.leat.console;

import java.util.List;
import java.util.UUID;

/** What a user can do to a task from the console. */
enum TaskAction {
    START("start", "play-fill"),
    PAUSE("pause", "pause-fill"),
    RESUME("resume", "play-fill"),
    RESTART("restart", "arrow-counterclockwise"),
    RELEASE("release", "eject-fill");

    private final String path;
    private final String icon;

    TaskAction(String path, String icon) {
        this.path = path;
        this.icon = icon;
    }

    /** The actions that make sense in a state, the likeliest first. */
    static List<TaskAction> in(String state) {
        return switch (state) {
            case "DRAFT", "PRECHECK_FAILED", "READY" -> List.of(START, RELEASE);
            case "RUNNING", "RETRYING" -> List.of(PAUSE, RELEASE);
            case "PAUSED", "FAILED" -> List.of(RESUME, RESTART, RELEASE);
            case "FINISHED" -> List.of(RESTART, RELEASE);
            case "PRECHECKING" -> List.of(RELEASE);
            default -> List.of();
        };
    }

    void perform(ConsoleTasks tasks, UUID id, String actor) {
        switch (this) {
            case START -> tasks.start(id, actor);
            case PAUSE -> tasks.pause(id, actor);
            case RESUME -> tasks.resume(id, actor);
            case RESTART -> tasks.restart(id, actor);
            case RELEASE -> tasks.release(id, actor);
        }
    }

    /** Last segment of its address. */
    public String path() {
        return path;
    }

    public String icon() {
        return icon;
    }

    /** Whether it cannot be undone, so that the user is asked once more. */
    public boolean isGrave() {
        return this == RESTART || this == RELEASE;
    }
}
