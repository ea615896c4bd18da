package dev.leat.task;

import dev.leat.settings.Phase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is shown: over REST, in the console and in events.
 *
 * @param id its id
 * @param name its name, not necessarily unique
 * @param state name of its state, such as {@code RUNNING}
 * @param phase the phase it is in; null before the first start
 * @param source name of the source connection
 * @param database the source database
 * @param destination name of the destination connection
 * @param format the record format
 * @param delaySeconds how far the destination is behind the source; null outside the incremental phase
 * @param lagBytes source's WAL end less confirmed position; null when unknown
 * @param walHeldBytes WAL that the source keeps because of the task's slot; null when unknown
 * @param rowsPerSecond changes or rows delivered per second, lately
 * @param bytesPerSecond bytes of records per second, lately
 * @param progress the task's phases in order
 * @param failure what stopped it or made it try again; null when all is well
 * @param checkpoint how far it has come; null before the incremental phase
 * @param createdAt when it was created
 * @param version number of the definition's revision, for {@code If-Match}
 * @param slot the slot as it was last seen, whether the task runs or rests; null before the first look
 * @param labels what tells it from others
 */
public record TaskView(
        UUID id,
        String name,
        String state,
        @Nullable Phase phase,
        String source,
        @Nullable String database,
        String destination,
        String format,
        @Nullable Double delaySeconds,
        @Nullable Long lagBytes,
        @Nullable Long walHeldBytes,
        double rowsPerSecond,
        double bytesPerSecond,
        List<PhaseProgress> progress,
        @Nullable Failure failure,
        @Nullable CheckpointView checkpoint,
        Instant createdAt,
        int version,
        @Nullable SlotView slot,
        Labels labels) {

    /**
     * How far a phase has come.
     *
     * @param phase the phase
     * @param state {@code WAITING}, {@code RUNNING} or {@code DONE}
     * @param done tables done; of the incremental phase, changes delivered
     * @param total tables in all; 0 for the incremental phase
     * @param percent 0 to 100; null for the incremental phase
     * @param rows rows or changes delivered
     * @param bytes bytes of records delivered
     */
    public record PhaseProgress(
            Phase phase,
            String state,
            long done,
            long total,
            @Nullable Double percent,
            long rows,
            long bytes) {}

    /**
     * What went wrong.
     *
     * @param kind name of the failure kind
     * @param message object and what happened
     * @param remedy what to do
     * @param since when the trouble began
     * @param nextAttempt when it is tried again; null when a person must act
     * @param windowEnds when trying ends; null when a person must act
     */
    public record Failure(
            String kind,
            String message,
            String remedy,
            Instant since,
            @Nullable Instant nextAttempt,
            @Nullable Instant windowEnds) {}

    /**
     * What tells a task from others.
     *
     * @param environment where it belongs, such as {@code production}
     * @param scene what it is for
     * @param resourceGroup who may see and steer it
     */
    public record Labels(
            @Nullable String environment, @Nullable String scene, String resourceGroup) {}

    /** How far the task has come in the log: commit LSN, index in the transaction, and when that was saved. */
    public record CheckpointView(String commitLsn, int index, Instant savedAt) {}
}
