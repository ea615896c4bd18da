package dev.leat.alert;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of alerts.
 *
 * @param task of this task; null for all
 * @param onlyOpen whether those that are over are left out
 * @param after the last one of the part before; empty for the first part
 * @param limit how many at most
 */
public record AlertQuery(@Nullable UUID task, boolean onlyOpen, Optional<Place> after, int limit) {

    /** Where an alert stands in the list. */
    public record Place(boolean closed, long id) {}
}
