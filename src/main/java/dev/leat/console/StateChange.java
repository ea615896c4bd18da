package dev.leat.console;

import dev.leat.task.EventView;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The states of which an event tells, so that the reader's language names them.
 *
 * @param actor who did it; null when it was Leat
 */
record StateChange(Badge from, Badge to, @Nullable String actor) {

    private static final Pattern TOLD = Pattern.compile("([A-Z_]+) → ([A-Z_]+)(?: by (.+?))?\\.?");

    static Optional<StateChange> of(EventView event) {
        Matcher told = TOLD.matcher(event.message());
        return event.kind().equals("STATE_CHANGED") && told.matches()
                ? Optional.of(new StateChange(Badge.ofTask(told.group(1)), Badge.ofTask(told.group(2)), told.group(3)))
                : Optional.empty();
    }
}
