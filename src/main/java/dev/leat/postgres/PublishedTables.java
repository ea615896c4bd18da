package dev.leat.postgres;

import dev.leat.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** Partitions, at any depth, that are sent neither under their own names nor under one above them. */
    private static final String UNSENT = """
            WITH RECURSIVE tree(root, oid) AS (
              SELECT inhparent, inhrelid FROM pg_inherits WHERE inhparent = ANY (?)
              UNION ALL SELECT t.root, i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid),
            sent AS (SELECT relid FROM pg_get_publication_tables(?))
            SELECT t.root, n.nspname, c.relname FROM tree t JOIN pg_class c ON c.oid = t.oid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND NOT EXISTS (SELECT FROM sent WHERE sent.relid = c.oid)
            """;

    private static final String WHOLLY =
            "SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate FROM pg_publication WHERE pubname = ?";

    /** Row filters and column lists, which came with 15, are read through JSON, so that one query serves all. */
    private static final String CUT = """
            SELECT r.prrelid FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
            WHERE p.pubname = ? AND coalesce(to_jsonb(r) ->> 'prqual', to_jsonb(r) ->> 'prattrs') IS NOT NULL
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

    /** Whether changes are sent whatever their operation. */
    public boolean wholly(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement(WHOLLY)) {
            query.setString(1, publication);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** Numbers of the tables of which it sends only some rows or columns. */
    public Set<Integer> cut(Connection session) throws SQLException {
        Set<Integer> numbers = new HashSet<>();
        try (PreparedStatement query = session.prepareStatement(CUT)) {
            query.setString(1, publication);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    numbers.add((int) rows.getLong(1));
                }
            }
        }
        return numbers;
    }

    /** How tables stand, by their numbers; a root whose leaves are all sent counts as sent. */
    public Map<Integer, Standing> standing(Connection session, Collection<CatalogTable> tables) throws SQLException {
        Map<Integer, Standing> relations = relations(session, tables);
        List<CatalogTable> byLeaves = tables.stream()
                .filter(CatalogTable::partitioned)
                .filter(table -> isByLeaves(relations.getOrDefault(table.table().oid(), Standing.GONE)))
                .toList();
        Map<Integer, List<TableId>> unsent = byLeaves.isEmpty() ? Map.of() : unsentLeaves(session, byLeaves);
        Map<Integer, Standing> standing = new HashMap<>();
        for (CatalogTable table : tables) {
            int oid = table.table().oid();
            Standing own = relations.getOrDefault(oid, Standing.GONE);
            boolean leaves = table.partitioned() && isByLeaves(own) && !unsent.containsKey(oid);
            standing.put(
                    oid, new Standing(own.there(), own.published() || leaves, own.identified(), own.identityOff()));
        }
        return standing;
    }

    private static boolean isByLeaves(Standing root) {
        return root.there() && !root.published();
    }

    /** Partitions that are there now and are not sent, by the numbers of their roots; a root that has none is left out. */
    public Map<Integer, List<TableId>> unsentLeaves(Connection session, Collection<CatalogTable> roots)
            throws SQLException {
        Map<Integer, List<TableId>> unsent = new HashMap<>();
        try (PreparedStatement query = session.prepareStatement(UNSENT)) {
            query.setArray(1, session.createArrayOf("oid", numbers(roots)));
            query.setString(2, publication);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    unsent.computeIfAbsent((int) rows.getLong(1), root -> new ArrayList<>())
                            .add(new TableId(rows.getString(2), rows.getString(3)));
                }
            }
        }
        return unsent;
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
                .map(table -> Integer.toUnsignedLong(table.table().oid()))
                .toArray();
    }
}
