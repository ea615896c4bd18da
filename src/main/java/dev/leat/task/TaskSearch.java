package dev.leat.task;

import java.time.Instant;
import java.util.UUID;

/**
 * Which tasks are asked for; they come newest first.
 *
 * @param state name of a state; empty for all
 * @param text part of the name, in any case; empty for all
 * @param before when the last task that is known already was made; {@link #END} to begin
 * @param beforeId its id
 * @param limit at most so many
 */
public record TaskSearch(String state, String text, Instant before, UUID beforeId, int limit) {

    /** After all that there will be. */
    public static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
}
