package dev.leat.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells how tables stand with a publication, asked in a session that is kept open. */
public final class PublishedTables {

    /**
     * What {@code pg_publication_tables} is made from, by number: a root that is sent under its own name, or leaves.
     * Beside it what is listed, and what a publication of all tables sends anyway.
     */
    private static final String STANDING = """
            WITH p AS (SELECT oid, pubname::text AS name, puballtables AS everything FROM pg_publication WHERE pubname = ?),
            sent AS (
              SELECT t.relid FROM p, LATERAL pg_get_publication_tables(p.name) t
              UNION SELECT r.prrelid FROM p JOIN pg_publication_rel r ON r.prpubid = p.oid)
            SELECT c.oid,
                   (SELECT everything FROM p) OR EXISTS (SELECT FROM sent WHERE sent.relid = c.oid),
                   CASE c.relreplident WHEN 'f' THEN true WHEN 'n' THEN false ELSE EXISTS (
                     SELECT FROM pg_index i WHERE i.indrelid = c.oid
                     AND CASE c.relreplident WHEN 'd' THEN i.indisprimary ELSE i.indisreplident END) END,
                   c.relreplident = 'n'
            FROM pg_class c WHERE c.oid = ANY (?)
            """;

    private static final String NAMED = """
            SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
            """;

    private final String publication;

    /** Tables of a publication by its name. */
    public PublishedTables(String publication) {
        this.publication = publication;
    }

    /** Its name. */
    public String publication() {
        return publication;
    }

    /**
     * How a table stands.
     *
     * @param there whether it exists
     * @param published whether its changes are sent
     * @param identified whether the log tells its rows apart, without which the source refuses UPDATE and DELETE
     * @param identityOff whether somebody said {@code REPLICA IDENTITY NOTHING}
     */
    public record Standing(boolean there, boolean published, boolean identified, boolean identityOff) {

        static final Standing GONE = new Standing(false, false, false, false);
    }

    /** Whether the publication exists. */
    public boolean exists(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("SELECT FROM pg_publication WHERE pubname = ?")) {
            query.setString(1, publication);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** How tables stand, by their numbers; a root whose leaves are all sent counts as sent. */
    public Map<Integer, Standing> standing(Connection session, Collection<CatalogTable> tables) throws SQLException {
        Map<Integer, Standing> relations = relations(session, tables);
        Map<Integer, Standing> standing = new HashMap<>();
        for (CatalogTable table : tables) {
            Standing own = relations.getOrDefault(table.table().oid(), Standing.GONE);
            boolean leaves = own.there() && table.partitioned() && leavesSent(table.leaves(), relations);
            standing.put(
                    table.table().oid(),
                    new Standing(own.there(), own.published() || leaves, own.identified(), own.identityOff()));
        }
        return standing;
    }

    /** Whether a table has the name of one whose number is gone. */
    public boolean madeAgain(Connection session, CatalogTable table) throws SQLException {
        try (PreparedStatement query = session.prepareStatement(NAMED)) {
            query.setString(1, table.table().id().schema());
            query.setString(2, table.table().id().table());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && (int) rows.getLong(1) != table.table().oid();
            }
        }
    }

    private Map<Integer, Standing> relations(Connection session, Collection<CatalogTable> tables) throws SQLException {
        Map<Integer, Standing> relations = new HashMap<>();
        try (PreparedStatement query = session.prepareStatement(STANDING)) {
            query.setString(1, publication);
            query.setArray(2, session.createArrayOf("oid", numbers(tables)));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    relations.put(
                            (int) rows.getLong(1),
                            new Standing(true, rows.getBoolean(2), rows.getBoolean(3), rows.getBoolean(4)));
                }
            }
        }
        return relations;
    }

    private static Object[] numbers(Collection<CatalogTable> tables) {
        return tables.stream()
                .flatMap(table -> Stream.concat(Stream.of(table.table().oid()), table.leaves().stream()))
                .map(Integer::toUnsignedLong)
                .toArray();
    }

    /** One that has no partitions yet has nothing to send; those that are gone are missed by nobody. */
    private static boolean leavesSent(List<Integer> leaves, Map<Integer, Standing> relations) {
        return leaves.stream()
                .map(leaf -> relations.getOrDefault(leaf, Standing.GONE))
                .allMatch(leaf -> !leaf.there() || leaf.published());
    }
}
