package dev.leat.precheck;

import java.util.Optional;

/** Whether the log tells of all changes of the selected tables. */
final class UnloggedTablesCheck implements Check {

    @Override
    public String name() {
        return "UNLOGGED_TABLES";
    }

    @Override
    public String title() {
        return "Changes of the tables are in the log";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.plan().follows()) {
            return new Outcome.Passed();
        }
        return Outcome.of(context.source().relations().stream()
                .flatMap(relation -> judge(relation).stream())
                .toList());
    }

    private static Optional<Finding> judge(RelationFacts relation) {
        String place = relation.id().toString();
        if (relation.holdsRows() && relation.persistence() == 'u') {
            return Optional.of(Finding.error(
                    place,
                    "The table is unlogged: its changes are not in the log, and it cannot be published.",
                    "ALTER TABLE " + relation.id().quoted() + " SET LOGGED;"));
        }
        return relation.kind() == 'f'
                ? Optional.of(Finding.alert(
                        place,
                        "The partition is a foreign table: its rows are copied, but their changes are not in the log.",
                        "Sync them from the server that holds them, or exclude the table."))
                : Optional.empty();
    }
}
