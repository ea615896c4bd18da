package dev.leat.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a task's event log.
 *
 * @param id running number, newer is larger
 * @param at when it happened
 * @param severity {@code INFO}, {@code WARN} or {@code ERROR}
 * @param kind short name, such as {@code STATE_CHANGED} or a failure kind
 * @param message what happened, to which object
 * @param remedy what to do; null when there is nothing to do
 */
public record EventView(
        long id,
        Instant at,
        String severity,
        String kind,
        String message,
        @Nullable String remedy) {}
