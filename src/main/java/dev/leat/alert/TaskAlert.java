package dev.leat.alert;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something about a task that calls for a person, or did.
 *
 * @param id running number, newer is larger
 * @param taskId the task
 * @param task its name
 * @param rule what it is about
 * @param severity {@code WARN} or {@code ERROR}
 * @param message what was found when it opened
 * @param remedy what to do
 * @param openedAt since when
 * @param closedAt when it was over; null while it is open
 */
public record TaskAlert(
        long id,
        UUID taskId,
        String task,
        AlertRule rule,
        String severity,
        String message,
        String remedy,
        Instant openedAt,
        @Nullable Instant closedAt) {}
