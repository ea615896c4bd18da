package dev.leat.console;

import dev.leat.alert.TaskAlert;

/**
 * How a state or severity is shown: never by colour alone.
 *
 * @param name the state's or severity's own name
 * @param key message key of its text
 * @param icon name of its icon
 * @param tone {@code neutral}, {@code info}, {@code good}, {@code warn} or {@code danger}
 */
record Badge(String name, String key, String icon, String tone) {

    static Badge ofTask(String state) {
        return switch (state) {
            case "DRAFT" -> task(state, "pencil", "neutral");
            case "PRECHECKING" -> task(state, "clipboard-check", "info");
            case "PRECHECK_FAILED" -> task(state, "clipboard-x", "danger");
            case "READY" -> task(state, "check-circle", "info");
            case "RUNNING" -> task(state, "play-circle-fill", "good");
            case "RETRYING" -> task(state, "arrow-repeat", "warn");
            case "PAUSED" -> task(state, "pause-circle-fill", "neutral");
            case "FAILED" -> task(state, "x-octagon-fill", "danger");
            case "FINISHED" -> task(state, "flag-fill", "good");
            case "RELEASED" -> task(state, "archive", "neutral");
            default -> task(state, "question-circle", "neutral");
        };
    }

    static Badge ofTable(String state) {
        return switch (state) {
            case "WAITING" -> table(state, "hourglass", "neutral");
            case "COPYING" -> table(state, "arrow-down-circle", "info");
            case "COPIED" -> table(state, "check-circle", "good");
            case "FOLLOWING" -> table(state, "broadcast", "good");
            case "SET_ASIDE" -> table(state, "exclamation-triangle-fill", "warn");
            default -> table(state, "question-circle", "neutral");
        };
    }

    static Badge ofSeverity(String severity) {
        return switch (severity) {
            case "WARN" -> new Badge(severity, "severity.WARN", "exclamation-triangle-fill", "warn");
            case "ERROR" -> new Badge(severity, "severity.ERROR", "x-octagon-fill", "danger");
            default -> new Badge(severity, "severity." + severity, "info-circle", "neutral");
        };
    }

    static Badge ofAlert(TaskAlert alert) {
        String rule = alert.rule().name();
        return new Badge(
                rule, "alert." + rule, "bell-fill", ofSeverity(alert.severity()).tone());
    }

    /** Of a precheck's item. */
    static Badge ofOutcome(String outcome, boolean ignored) {
        if (ignored && outcome.equals("ALERT")) {
            return new Badge("IGNORED", "outcome.IGNORED", "eye-slash", "neutral");
        }
        return switch (outcome) {
            case "PASSED" -> outcome(outcome, "check-circle-fill", "good");
            case "ALERT" -> outcome(outcome, "exclamation-triangle-fill", "warn");
            case "ERROR" -> outcome(outcome, "x-octagon-fill", "danger");
            case "COULD_NOT_RUN" -> outcome(outcome, "slash-circle", "danger");
            default -> outcome(outcome, "hourglass", "neutral");
        };
    }

    private static Badge outcome(String name, String icon, String tone) {
        return new Badge(name, "outcome." + name, icon, tone);
    }

    /** A phase that the task is in goes on only while the task runs. */
    static Badge ofPhase(String state, boolean taskRuns) {
        if (state.equals("RUNNING") && !taskRuns) {
            return new Badge("HELD", "phase.state.HELD", "pause-circle", "neutral");
        }
        return switch (state) {
            case "RUNNING" -> new Badge(state, "phase.state.RUNNING", "arrow-right-circle-fill", "accent");
            case "DONE" -> new Badge(state, "phase.state.DONE", "check-circle-fill", "good");
            default -> new Badge(state, "phase.state." + state, "circle", "neutral");
        };
    }

    private static Badge task(String state, String icon, String tone) {
        return new Badge(state, "state." + state, icon, tone);
    }

    private static Badge table(String state, String icon, String tone) {
        return new Badge(state, "table.state." + state, icon, tone);
    }
}
