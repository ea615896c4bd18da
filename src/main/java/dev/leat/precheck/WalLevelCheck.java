package dev.leat.precheck;

import java.util.List;

/** Whether the log holds what logical decoding needs. */
final class WalLevelCheck implements Check {

    static final String NAME = "WAL_LEVEL";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Source writes its log with what logical decoding needs";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        return context.plan().follows()
                ? Outcome.of(judge(
                        context.plan().source().address(),
                        context.source().capabilities().walLevel()))
                : new Outcome.Passed();
    }

    static List<Finding> judge(String place, String level) {
        return level.equals("logical")
                ? List.of()
                : List.of(Finding.error(
                        place,
                        "wal_level is '" + level + "'; the incremental phase needs 'logical'.",
                        "ALTER SYSTEM SET wal_level = 'logical'; -- then restart the server"));
    }
}
