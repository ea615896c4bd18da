package dev.leat.task;

import java.time.Instant;
import java.util.List;

/**
 * One precheck of a task.
 *
 * @param run its number, which grows
 * @param begunAt when it was asked for
 * @param askedBy by whom
 * @param items the items that were asked for; empty for all
 * @param passed how many items passed
 * @param alerts how many found alerts
 * @param errors how many found errors
 * @param couldNotRun how many could not run
 */
public record PrecheckRunView(
        int run,
        Instant begunAt,
        String askedBy,
        List<String> items,
        int passed,
        int alerts,
        int errors,
        int couldNotRun) {}
