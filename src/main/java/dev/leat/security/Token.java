package dev.leat.security;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API token as it is listed, without its secret text.
 *
 * @param id its id
 * @param name what its owner calls it; unique per owner
 * @param createdAt when it was made
 * @param lastUsedAt when it was last used, to the minute; null when never
 * @param expiresAt when it ends; null when never
 */
public record Token(
        UUID id,
        String name,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant expiresAt) {}
