package dev.leat.task;

import dev.leat.settings.TaskSettings;
import java.time.Instant;
import java.util.List;

/**
 * One definition that a task had.
 *
 * @param revision its number, from 1
 * @param changedAt since when
 * @param changedBy who gave it
 * @param changes what differs from the one before, field by field; empty for the first
 * @param definition the definition itself
 */
public record RevisionView(
        int revision, Instant changedAt, String changedBy, List<String> changes, TaskSettings definition) {}
