package dev.leat.task;

import java.util.UUID;

/** A task has other limits from now on. */
public record LimitsChanged(UUID id) {}
