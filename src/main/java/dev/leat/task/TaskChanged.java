package dev.leat.task;

import java.util.UUID;

/** A task went from one state to another; published once that is stored. */
public record TaskChanged(UUID id, String name, TaskState from, TaskState to) {}
