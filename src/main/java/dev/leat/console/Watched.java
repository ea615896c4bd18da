package dev.leat.console;

import java.util.UUID;

/** What a live page shows. */
sealed interface Watched {

    /** The page of one task. */
    record OneTask(UUID id) implements Watched {}

    /** The list, as it is looked at. */
    record TaskList(ListQuery query) implements Watched {}
}
