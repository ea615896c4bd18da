package dev.leat.precheck;

import dev.leat.settings.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A publication that exists.
 *
 * @param owned whether the user has its owner's rights
 * @param allTables whether it is {@code FOR ALL TABLES}, which cannot be given a list
 * @param viaRoot whether it sends partitions under their root's name
 * @param operations what it publishes
 */
record PublicationFacts(boolean owned, boolean allTables, boolean viaRoot, Set<Operation> operations) {

    /** Columns that only newer servers have are read through JSON, so that one query serves all. */
    static final String QUERY = """
            SELECT pg_has_role(p.pubowner, 'USAGE'), p.puballtables,
                   coalesce((to_jsonb(p) ->> 'pubviaroot')::boolean, false),
                   p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate
            FROM pg_publication p WHERE p.pubname = ?
            """;

    static PublicationFacts read(ResultSet rows) throws SQLException {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (Operation operation : Operation.values()) {
            if (rows.getBoolean("pub" + operation.name().toLowerCase(Locale.ROOT))) {
                operations.add(operation);
            }
        }
        return new PublicationFacts(rows.getBoolean(1), rows.getBoolean(2), rows.getBoolean(3), operations);
    }
}
