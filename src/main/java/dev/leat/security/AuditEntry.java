package dev.leat.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user did, or was kept from doing.
 *
 * @param id grows with time
 * @param actor the user's name
 * @param address where the request came from
 * @param action method and path, such as {@code POST /api/v1/tasks}, or {@code SIGN_IN}
 * @param status of the answer; null for a sign-in
 * @param detail what the path does not say; null when it says all
 */
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        String address,
        String action,
        @Nullable Integer status,
        @Nullable String detail) {}
