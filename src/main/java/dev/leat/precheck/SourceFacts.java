package dev.leat.precheck;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.PostgresFailures;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.SlotTrial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** What the source says, each thing asked once however many checks want to know it. */
final class SourceFacts {

    /** A precheck takes no more of the source's connections than this, besides one for the catalog. */
    private static final int MAX_SESSIONS = 3;

    private static final Duration SLOT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(20);

    private final PostgresSource source;
    private final Semaphore sessions = new Semaphore(MAX_SESSIONS);
    private final Shared<ServerFacts> server;
    private final Shared<Capabilities> capabilities;
    private final Shared<List<CatalogTable>> tables;
    private final Shared<List<RelationFacts>> relations;
    private final Shared<SlotTrial.Result> slotTrial;

    SourceFacts(PrecheckPlan plan) {
        this.source = new PostgresSource(plan.source(), plan.applicationName() + "-precheck");
        this.server =
                new Shared<>(() -> ask(ServerFacts.QUERY, ServerFacts::read).getFirst());
        this.capabilities = new Shared<>(() -> Capabilities.probe(connected()));
        this.tables = new Shared<>(() -> new Catalog(connected())
                .tables(id -> plan.task().objects().ruleFor(id).isPresent()));
        this.relations = new Shared<>(this::readRelations);
        this.slotTrial = new Shared<>(() -> new SlotTrial(connected(), SLOT_PATIENCE).run());
    }

    /** Reads one row of a result. */
    interface RowReader<T> {

        T read(ResultSet rows) throws SQLException;
    }

    /**
     * What the first session learns; only the check of the connection calls this.
     *
     * @throws SyncException when the source cannot be reached or refuses
     */
    ServerFacts connect() {
        return server.get();
    }

    /** What the server says of itself. */
    ServerFacts server() {
        connected();
        return server.get();
    }

    /** The source, which answers. */
    PostgresSource connected() {
        try {
            server.get();
            return source;
        } catch (SyncException e) {
            throw new PreconditionFailed(SourceConnectionCheck.NAME);
        }
    }

    /** What the source can do. */
    Capabilities capabilities() {
        return capabilities.get();
    }

    /** The selected tables. */
    List<CatalogTable> tables() {
        return tables.get();
    }

    /** The selected tables and all partitions below them. */
    List<RelationFacts> relations() {
        return relations.get();
    }

    /** All rows of a query, in a session of its own. Arrays become PostgreSQL's arrays of text. */
    <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        connected();
        return ask(sql, reader, parameters);
    }

    /** What came of making a slot; tried once. */
    SlotTrial.Result slotTrial() {
        return slotTrial.get();
    }

    /** OIDs of the selected tables, as a query takes them. */
    String[] tableOids() {
        return tables().stream()
                .map(table -> Integer.toUnsignedString(table.table().oid()))
                .toArray(String[]::new);
    }

    private List<RelationFacts> readRelations() {
        return query(RelationFacts.QUERY, RelationFacts::read, (Object) tableOids());
    }

    private <T> List<T> ask(String sql, RowReader<T> reader, Object... parameters) {
        acquire();
        try (Connection session = source.session()) {
            session.setNetworkTimeout(
                    Runnable::run, (int) QUERY_TIMEOUT.plusSeconds(5).toMillis());
            return ask(session, sql, reader, parameters);
        } catch (SQLException e) {
            throw PostgresFailures.of("Source " + source, e);
        } finally {
            sessions.release();
        }
    }

    private static <T> List<T> ask(Connection session, String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        try (Statement limit = session.createStatement();
                PreparedStatement query = session.prepareStatement(sql)) {
            limit.execute("SET statement_timeout = " + QUERY_TIMEOUT.toMillis());
            for (int i = 0; i < parameters.length; i++) {
                Object parameter = parameters[i];
                query.setObject(
                        i + 1, parameter instanceof String[] texts ? session.createArrayOf("text", texts) : parameter);
            }
            List<T> result = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
            }
            return result;
        }
    }

    private void acquire() {
        try {
            sessions.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException(FailureKind.UNKNOWN, "Source " + source + ": interrupted.", e);
        }
    }
}
