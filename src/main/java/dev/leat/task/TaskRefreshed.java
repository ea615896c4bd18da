package dev.leat.task;

import java.util.UUID;

/** A task's run has to begin anew from its checkpoint: another definition, or a table to be copied again. */
public record TaskRefreshed(UUID id) {}
