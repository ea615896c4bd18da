package dev.leat.precheck;

import dev.leat.change.TableId;

/** Whether the replica identity that was chosen for a table tells its rows apart. */
final class ReplicaIdentityCheck implements Check {

    @Override
    public String name() {
        return "REPLICA_IDENTITY";
    }

    @Override
    public String title() {
        return "Log tells which row was changed";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.plan().follows()) {
            return new Outcome.Passed();
        }
        return Outcome.of(context.source().relations().stream()
                .filter(relation -> relation.holdsRows() && !relation.identified())
                .filter(relation -> relation.replicaIdentity() != 'd' || relation.primaryKey())
                .map(relation -> Finding.error(
                        relation.id().toString(),
                        reason(relation) + ": once the table is published, the source refuses every UPDATE and DELETE"
                                + " on it.",
                        remedy(relation)))
                .toList());
    }

    private static String reason(RelationFacts relation) {
        return switch (relation.replicaIdentity()) {
            case 'n' -> "The replica identity is NOTHING";
            case 'i' -> "The index that was the replica identity is gone";
            default -> "The primary key is deferrable and so no replica identity";
        };
    }

    /** The cheapest replica identity that a table can have without a change of its columns. */
    static String remedy(RelationFacts relation) {
        String identity =
                relation.uniqueIndex().isEmpty() ? "FULL" : "USING INDEX " + TableId.quote(relation.uniqueIndex());
        return "ALTER TABLE " + relation.id().quoted() + " REPLICA IDENTITY " + identity + ";";
    }
}
