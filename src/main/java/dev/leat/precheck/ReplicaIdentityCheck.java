package dev.leat.precheck;

import dev.leat.change.TableId;
import java.util.ArrayList;
import java.util.List;

/** Whether the replica identity that was chosen for a table tells its rows apart. */
final class ReplicaIdentityCheck implements Check {

    /** Since 18 the source minds generated columns in a replica identity: all are in a full one, some in an index. */
    private static final String GENERATED = """
            SELECT n.nspname, c.relname, string_agg(a.attname, ', ' ORDER BY a.attnum)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> ''
            WHERE c.oid = ANY (?::oid[]) AND current_setting('server_version_num')::int >= 180000
              AND (c.relreplident = 'f' OR EXISTS (
                SELECT FROM pg_index i WHERE i.indrelid = c.oid AND a.attnum = ANY (i.indkey)
                  AND (c.relreplident = 'i' AND i.indisreplident OR c.relreplident = 'd' AND i.indisprimary)))
            GROUP BY n.nspname, c.relname ORDER BY 1, 2
            """;

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
        List<Finding> findings = new ArrayList<>(generated(context));
        context.source().relations().stream()
                .filter(relation -> relation.holdsRows() && !relation.identified())
                .filter(relation -> relation.replicaIdentity() != 'd' || relation.primaryKey())
                .map(relation -> Finding.error(
                        relation.id().toString(),
                        reason(relation) + ": once the table is published, the source refuses every UPDATE and DELETE"
                                + " on it.",
                        remedy(relation)))
                .forEach(findings::add);
        return Outcome.of(findings);
    }

    private static List<Finding> generated(PrecheckContext context) {
        String[] oids = context.source().relations().stream()
                .filter(RelationFacts::holdsRows)
                .map(relation -> Integer.toUnsignedString(relation.oid()))
                .toArray(String[]::new);
        return context.source()
                .query(
                        GENERATED,
                        rows -> {
                            TableId id = new TableId(rows.getString(1), rows.getString(2));
                            return Finding.error(
                                    id.toString(),
                                    "The replica identity holds the generated column " + rows.getString(3)
                                            + ", which is not published: once the table is, the source refuses every"
                                            + " UPDATE and DELETE on it.",
                                    "ALTER TABLE " + id.quoted() + " REPLICA IDENTITY DEFAULT;");
                        },
                        (Object) oids);
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
