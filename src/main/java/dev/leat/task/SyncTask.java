package dev.leat.task;

import dev.leat.settings.Phase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A task as it is stored. Runs write beside JPA, so only what was changed here is written. */
@Entity
@DynamicUpdate
@Table(name = "task")
class SyncTask {

    @Id
    UUID id = new UUID(0, 0);

    String name = "";
    String definition = "";
    String sourceConnection = "";
    String destinationConnection = "";
    String slot = "";
    String publication = "";
    String state = "";
    boolean startAfterPrecheck;

    @Enumerated(EnumType.STRING)
    @Nullable
    Phase phase;

    @Nullable
    Instant phaseSince;

    @Column(updatable = false)
    long generation;

    @Nullable
    String failureKind;

    @Nullable
    String failureMessage;

    @Nullable
    String failureRemedy;

    @Nullable
    Instant failingSince;

    @Nullable
    Instant nextAttempt;

    @Nullable
    Instant windowEnds;

    boolean cleanedUp = true;
    int revision = 1;
    Instant createdAt = Instant.EPOCH;
    String createdBy = "";

    @Version
    long version;

    TaskState state() {
        return switch (state) {
            case "DRAFT" -> new TaskState.Draft();
            case "PRECHECKING" -> new TaskState.Prechecking(startAfterPrecheck);
            case "PRECHECK_FAILED" -> new TaskState.PrecheckFailed();
            case "READY" -> new TaskState.Ready();
            case "RUNNING" -> new TaskState.Running();
            case "RETRYING" -> new TaskState.Retrying(trouble(), or(nextAttempt), or(windowEnds));
            case "PAUSED" ->
                new TaskState.Paused(
                        Optional.of(trouble()).filter(t -> !t.kind().isEmpty()));
            case "FAILED" -> new TaskState.Failed(trouble());
            case "FINISHED" -> new TaskState.Finished();
            case "RELEASED" -> new TaskState.Released();
            default -> throw new IllegalStateException("Task " + id + ": unknown state " + state + " is stored.");
        };
    }

    void enter(TaskState next) {
        if (state.equals("PAUSED")) {
            // why it was paused is no trouble that goes on
            forget();
        }
        state = next.label();
        startAfterPrecheck = next instanceof TaskState.Prechecking prechecking && prechecking.start();
        switch (next) {
            case TaskState.Retrying retrying -> {
                fail(retrying.trouble());
                nextAttempt = retrying.nextAttempt();
                windowEnds = retrying.windowEnds();
            }
            case TaskState.Failed failed -> {
                phaseSince = null;
                fail(failed.trouble());
                nextAttempt = null;
                windowEnds = null;
            }
            // an attempt that got through has not proved anything yet: since when it fails stays until progress
            case TaskState.Running running -> forgetMessage();
            case TaskState.Draft draft -> forget();
            case TaskState.Prechecking prechecking -> forget();
            case TaskState.PrecheckFailed precheckFailed -> forget();
            case TaskState.Ready ready -> forget();
            case TaskState.Paused paused -> {
                phaseSince = null;
                forget();
                paused.reason().ifPresent(this::fail);
            }
            case TaskState.Finished finished -> forget();
            case TaskState.Released released -> forget();
        }
    }

    void forget() {
        forgetMessage();
        failingSince = null;
    }

    private void forgetMessage() {
        failureKind = null;
        failureMessage = null;
        failureRemedy = null;
        nextAttempt = null;
        windowEnds = null;
    }

    private void fail(TaskState.Trouble trouble) {
        failureKind = trouble.kind();
        failureMessage = trouble.message();
        failureRemedy = trouble.remedy();
        failingSince = trouble.since();
    }

    private TaskState.Trouble trouble() {
        return new TaskState.Trouble(or(failureKind), or(failureMessage), or(failureRemedy), or(failingSince));
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Instant or(@Nullable Instant instant) {
        return instant == null ? Instant.EPOCH : instant;
    }
}
