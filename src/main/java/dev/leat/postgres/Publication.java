package dev.leat.postgres;

import dev.leat.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The publication that tells the source which tables' changes to send. */
public final class Publication {

    private static final String LEAVES = """
            WITH RECURSIVE tree(oid) AS (
              SELECT inhrelid FROM pg_inherits WHERE inhparent = ?::regclass
              UNION ALL SELECT i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid)
            SELECT n.nspname, c.relname FROM tree t JOIN pg_class c ON c.oid = t.oid
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r'
            """;

    /** What helps when it was dropped: a new one does not know the changes that were made before it. */
    public static final String GONE_REMEDY =
            "Restart the task from the full phase: what was changed while the publication was gone cannot be sent any"
                    + " more.";

    private static final String OPERATIONS = "'insert, update, delete, truncate'";

    /**
     * What it sends under its own name, and what it lists: a root whose rows are sent under its leaves' names is listed,
     * and stands for them. For all tables, every root is sent one way or the other.
     */
    private static final String MEMBERS = """
            SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?
            UNION
            SELECT n.nspname, c.relname FROM pg_publication p JOIN pg_class c ON c.relkind = 'p' AND p.puballtables
              OR EXISTS (SELECT FROM pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid = c.oid)
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE p.pubname = ?
            """;

    /** Tables that it lists by themselves: not those of whole schemas, or of all. */
    private static final String LISTED = """
            SELECT n.nspname, c.relname FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
            JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE p.pubname = ?
            """;

    private final PostgresSource source;
    private final String name;

    /** A publication by its name; it need not exist yet. */
    public Publication(PostgresSource source, String name) {
        this.source = source;
        this.name = name;
    }

    /**
     * Makes the publication, or sees to it that an existing one holds these tables and sends all their changes.
     *
     * @param alone whether it is nobody else's, so that tables it holds beside these are taken out
     * @return whether it was made just now
     */
    public boolean ensure(List<CatalogTable> tables, boolean viaRoot, boolean alone) {
        try (Connection session = source.session();
                Statement statement = session.createStatement()) {
            Map<TableId, String> members = members(session, tables, viaRoot);
            String list = String.join(", ", members.values());
            String quoted = TableId.quote(name);
            if (!exists(session)) {
                statement.execute("CREATE PUBLICATION " + quoted + (list.isEmpty() ? "" : " FOR TABLE " + list)
                        + " WITH (publish = " + OPERATIONS
                        + (viaRoot ? ", publish_via_partition_root = true)" : ")"));
                return true;
            }
            Set<TableId> published = published(session);
            if (alone) {
                Set<TableId> whole = whole(session, tables, members.keySet());
                takeOut(session, statement, whole);
                published.retainAll(whole);
            }
            members.keySet().removeAll(published);
            if (!members.isEmpty()) {
                String missing = String.join(", ", members.values());
                statement.execute("ALTER PUBLICATION " + quoted + " ADD TABLE " + missing);
            }
            if (!new PublishedTables(name).wholly(session)) {
                statement.execute("ALTER PUBLICATION " + quoted + " SET (publish = " + OPERATIONS + ")");
            }
            return false;
        } catch (SQLException e) {
            throw PostgresFailures.of("Publication " + name, e);
        }
    }

    /**
     * Sees to it that it sends what will be written to a partition, if nothing was yet; false when something was, which
     * it cannot send any more. Writers wait for it.
     *
     * @throws SQLException also when a writer keeps it waiting for half a second
     */
    public static boolean addEmpty(Connection session, String publication, TableId partition) throws SQLException {
        String only = "ONLY " + partition.quoted();
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '500ms'");
            statement.execute("LOCK TABLE " + only + " IN SHARE ROW EXCLUSIVE MODE");
            boolean empty;
            try (ResultSet rows = statement.executeQuery("SELECT 1 FROM " + only + " LIMIT 1")) {
                empty = !rows.next();
            }
            if (empty) {
                statement.execute("ALTER PUBLICATION " + TableId.quote(publication) + " ADD TABLE " + only);
            }
            session.commit();
            return empty;
        } catch (SQLException e) {
            session.rollback();
            throw e;
        } finally {
            session.setAutoCommit(true);
        }
    }

    /** Sees to it that it sends a table's changes too. */
    public void add(TableId table) {
        try (Connection session = source.session();
                Statement statement = session.createStatement()) {
            if (!published(session).contains(table)) {
                statement.execute("ALTER PUBLICATION " + TableId.quote(name) + " ADD TABLE ONLY " + table.quoted());
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("Publication " + name, e);
        }
    }

    /** Those that may stay as they are listed; one with a row filter or a column list is taken out and put in again. */
    private Set<TableId> whole(Connection session, List<CatalogTable> tables, Set<TableId> members)
            throws SQLException {
        Set<Integer> cut = new PublishedTables(name).cut(session);
        Set<TableId> whole = new HashSet<>(members);
        tables.stream()
                .map(CatalogTable::table)
                .filter(table -> cut.contains(table.oid()))
                .forEach(table -> whole.remove(table.id()));
        return whole;
    }

    /** The source decodes and sends what nobody wants any more, until it is told not to. */
    private void takeOut(Connection session, Statement statement, Set<TableId> wanted) throws SQLException {
        Set<TableId> others = query(session, LISTED);
        others.removeAll(wanted);
        if (!others.isEmpty()) {
            statement.execute("ALTER PUBLICATION " + TableId.quote(name) + " DROP TABLE "
                    + others.stream().map(id -> "ONLY " + id.quoted()).collect(Collectors.joining(", ")));
        }
    }

    /** Drops it, if it is there. */
    public void drop() {
        try (Connection session = source.session();
                Statement statement = session.createStatement()) {
            statement.execute("DROP PUBLICATION IF EXISTS " + TableId.quote(name));
        } catch (SQLException e) {
            throw PostgresFailures.of("Publication " + name, e);
        }
    }

    /** Whether it is there. */
    public boolean exists() {
        try (Connection session = source.session()) {
            return exists(session);
        } catch (SQLException e) {
            throw PostgresFailures.of("Publication " + name, e);
        }
    }

    /** Tables whose changes it sends; a root counts when its rows are sent, be it under its leaves' names. */
    public Set<TableId> published() {
        try (Connection session = source.session()) {
            return published(session);
        } catch (SQLException e) {
            throw PostgresFailures.of("Publication " + name, e);
        }
    }

    /** Numbers of the tables of which it sends only some rows or columns. */
    public Set<Integer> cut() {
        try (Connection session = source.session()) {
            return new PublishedTables(name).cut(session);
        } catch (SQLException e) {
            throw PostgresFailures.of("Publication " + name, e);
        }
    }

    private boolean exists(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("SELECT 1 FROM pg_publication WHERE pubname = ?")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private Set<TableId> published(Connection session) throws SQLException {
        return query(session, MEMBERS);
    }

    private Set<TableId> query(Connection session, String sql) throws SQLException {
        Set<TableId> found = new HashSet<>();
        try (PreparedStatement query = session.prepareStatement(sql)) {
            for (int i = 1; i <= query.getParameterMetaData().getParameterCount(); i++) {
                query.setString(i, name);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new TableId(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return found;
    }

    /**
     * Before 13 a partitioned root cannot be published, so its leaves stand for it. Other tables come without those
     * that inherit from them, which are selected by themselves or not at all.
     */
    private static Map<TableId, String> members(Connection session, List<CatalogTable> tables, boolean viaRoot)
            throws SQLException {
        Map<TableId, String> members = new LinkedHashMap<>();
        for (CatalogTable table : tables) {
            TableId id = table.table().id();
            if (!table.partitioned()) {
                members.put(id, "ONLY " + id.quoted());
            } else if (viaRoot) {
                members.put(id, id.quoted());
            } else {
                leaves(session, id).forEach(leaf -> members.put(leaf, "ONLY " + leaf.quoted()));
            }
        }
        return members;
    }

    private static List<TableId> leaves(Connection session, TableId root) throws SQLException {
        List<TableId> leaves = new ArrayList<>();
        try (PreparedStatement query = session.prepareStatement(LEAVES)) {
            query.setString(1, root.quoted());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    leaves.add(new TableId(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return leaves;
    }
}
