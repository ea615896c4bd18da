package dev.leat.task;

/**
 * A task's position in the log of a source.
 *
 * @param task name of the task
 * @param systemIdentifier the source cluster's own number
 * @param ownDatabase whether it reads the connection's own database
 */
public record SourcePosition(String task, String systemIdentifier, boolean ownDatabase) {}
