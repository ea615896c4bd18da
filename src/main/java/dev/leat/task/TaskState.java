package dev.leat.task;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a task's life stands. Each state offers only the steps that are legal from it.
 *
 * <pre>
 * Draft ──► Prechecking ──► Ready ──► Running ◄──► Retrying
 *   ▲            │            ▲         │  ▲  │        │
 *   └── PrecheckFailed ───────┘         ▼  │  └──► Failed ──► Running
 *                                     Paused       Finished
 *                        every state ──► Released
 * </pre>
 */
public sealed interface TaskState {

    /** Set when a task is created, and when its definition changes before the first start. */
    record Draft() implements TaskState {

        Prechecking toPrechecking(boolean start) {
            return new Prechecking(start);
        }
    }

    /** Set when a precheck is asked for; {@code start} says to start when all is well. */
    record Prechecking(boolean start) implements TaskState {

        Ready toReady() {
            return new Ready();
        }

        Running toRunning() {
            return new Running();
        }

        PrecheckFailed toPrecheckFailed() {
            return new PrecheckFailed();
        }
    }

    /** Set by the precheck when something has to be mended or ignored first. */
    record PrecheckFailed() implements TaskState {

        Prechecking toPrechecking(boolean start) {
            return new Prechecking(start);
        }

        Ready toReady() {
            return new Ready();
        }
    }

    /** Set by the precheck when nothing stands in the way. */
    record Ready() implements TaskState {

        Prechecking toPrechecking(boolean start) {
            return new Prechecking(start);
        }

        Running toRunning() {
            return new Running();
        }
    }

    /** Set by the user's start or resume, and by the worker when an attempt gets through. */
    record Running() implements TaskState {

        Paused toPaused() {
            return new Paused();
        }

        Paused toPaused(Trouble why) {
            return new Paused(Optional.of(why));
        }

        Retrying toRetrying(Trouble trouble, Instant nextAttempt, Instant windowEnds) {
            return new Retrying(trouble, nextAttempt, windowEnds);
        }

        Failed toFailed(Trouble trouble) {
            return new Failed(trouble);
        }

        Finished toFinished() {
            return new Finished();
        }
    }

    /** Set by the worker when an attempt failed and another will be made. */
    record Retrying(Trouble trouble, Instant nextAttempt, Instant windowEnds) implements TaskState {

        Running toRunning() {
            return new Running();
        }

        Paused toPaused() {
            return new Paused();
        }

        Paused toPaused(Trouble why) {
            return new Paused(Optional.of(why));
        }

        Retrying toRetrying(Trouble next, Instant attempt, Instant ends) {
            return new Retrying(next, attempt, ends);
        }

        Failed toFailed(Trouble last) {
            return new Failed(last);
        }
    }

    /**
     * Set by the user, or by the worker with the reason that the task's policy gives; the worker delivers what it has
     * read, saves, and lets go.
     */
    record Paused(Optional<Trouble> reason) implements TaskState {

        /** At somebody's wish. */
        public Paused() {
            this(Optional.empty());
        }

        Running toRunning() {
            return new Running();
        }
    }

    /** Set by the worker when a person must act. */
    record Failed(Trouble trouble) implements TaskState {

        Running toRunning() {
            return new Running();
        }
    }

    /** Set by the worker when all phases of a task without the incremental one are complete. */
    record Finished() implements TaskState {

        Running toRunning() {
            return new Running();
        }
    }

    /** Set by the user, for good; slot and publication are dropped, the history is kept. */
    record Released() implements TaskState {}

    /** What went wrong: kind, message, remedy, and since when. */
    record Trouble(String kind, String message, String remedy, Instant since) {}

    /** The way out of every state. */
    default Released toReleased() {
        return new Released();
    }

    /** The state's name as it is stored and shown, such as {@code PRECHECK_FAILED}. */
    default String label() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
