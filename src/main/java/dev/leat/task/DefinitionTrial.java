package dev.leat.task;

import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import java.util.List;
import java.util.UUID;

/** Tries a definition on both ends before a task that runs takes it on; the worker knows how. */
@FunctionalInterface
public interface DefinitionTrial {

    /** What would keep the task from running with the definition; empty when nothing does. */
    List<Violation> errors(UUID id, TaskSettings definition);
}
