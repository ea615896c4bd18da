package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.PostgresFailures;
import dev.leat.postgres.PostgresSource;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.TaskSettings;
import dev.leat.shape.TableShapes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Tries a row filter: whether it is one, whether the source takes it, and how many of some rows it lets through. */
public final class FilterTrial {

    /** Rows that are looked at. */
    public static final int SAMPLE = 1_000;

    private static final int SECONDS = 10;

    private final PostgresSource source;

    /**
     * What came of a trial.
     *
     * @param condition the filter as the source is asked
     * @param rows how many rows were looked at
     * @param passed how many of them pass
     * @param statement what the table needs before its changes can be filtered; empty when nothing
     */
    public record Tried(String condition, long rows, long passed, String statement) {}

    /** A trial against a source; nothing is opened yet. */
    public FilterTrial(SourceEndpoint endpoint, String applicationName) {
        this.source = new PostgresSource(endpoint, applicationName);
    }

    /**
     * Tries a filter on the first rows of a table, reading only.
     *
     * @throws SyncException of kind {@code SETTINGS} when it is none, with its place; of others when the source refuses
     */
    public Tried run(TableId id, String text) {
        CatalogTable found = new Catalog(source)
                .tables(id::equals).stream()
                        .findFirst()
                        .orElseThrow(() -> new SyncException(
                                FailureKind.SOURCE_OBJECT_MISSING,
                                "Table " + id + ": there is no such table in " + source + ".",
                                "Check schema and name.",
                                null));
        Table table = found.table();
        TableShapes shapes = new TableShapes(
                TaskSettings.of("filter-trial", "source", "destination", filtered(id, text)),
                source.endpoint().database());
        boolean needs = shapes.needsOldRows(table) && !table.fullIdentity();
        return counted(
                table,
                shapes.condition(table).orElseThrow(),
                needs ? "ALTER TABLE " + id.quoted() + " REPLICA IDENTITY FULL;" : "");
    }

    private static ObjectSelection filtered(TableId id, String text) {
        return new ObjectSelection(
                List.of(new ObjectRule(id.schema(), id.table(), null, null, null, null, text, null)), null);
    }

    private Tried counted(Table table, String condition, String statement) {
        String sql = "SELECT count(*), count(*) FILTER (WHERE " + condition + ") FROM (SELECT * FROM "
                + table.id().quoted() + " LIMIT " + SAMPLE + ") sample";
        try (Connection session = source.session();
                Statement query = session.createStatement()) {
            session.setReadOnly(true);
            query.setQueryTimeout(SECONDS);
            try (ResultSet counts = query.executeQuery(sql)) {
                counts.next();
                return new Tried(condition, counts.getLong(1), counts.getLong(2), statement);
            }
        } catch (SQLException e) {
            throw PostgresFailures.of("Filter of table " + table.id(), e);
        }
    }
}
