package dev.leat.precheck;

import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CatalogTable;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.SampleReader;
import dev.leat.precheck.EtlSample.Outcome;
import dev.leat.precheck.EtlSample.SampledColumn;
import dev.leat.precheck.EtlSample.SampledRow;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.TableEtl;
import dev.leat.shape.EtlTrial;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tries the ETL of a table on a few of its rows, reading only. */
public final class EtlDryRun {

    /** The most rows that are read. */
    public static final int MAX_ROWS = 200;

    /** Characters of a value that are shown. */
    private static final int MAX_SHOWN = 2_000;

    private final PostgresSource source;
    private final Clock clock;

    /** A dry run against a source; nothing is opened yet. */
    public EtlDryRun(SourceEndpoint endpoint, String applicationName, Clock clock) {
        this.source = new PostgresSource(endpoint, applicationName);
        this.clock = clock;
    }

    /**
     * What the steps make of some rows.
     *
     * @param field path of the table's entry in the settings, for messages
     * @throws SyncException of kind {@code SOURCE_OBJECT_MISSING} when there is no such table, {@code SETTINGS} when the
     *     steps do not fit it
     */
    public EtlSample run(TableEtl etl, String field, int limit) {
        CatalogTable table = table(etl.id());
        EtlTrial trial =
                new EtlTrial(table.table(), etl, field, source.endpoint().database());
        List<SampledRow> rows = new ArrayList<>();
        new SampleReader(source)
                .read(table, Math.clamp(limit, 1, MAX_ROWS), row -> rows.add(tried(trial, table.table(), row)));
        return new EtlSample(etl.schema(), etl.table(), columns(trial.target()), List.copyOf(rows));
    }

    private CatalogTable table(TableId id) {
        return new Catalog(source)
                .tables(id::equals).stream()
                        .findFirst()
                        .orElseThrow(() -> new SyncException(
                                FailureKind.SOURCE_OBJECT_MISSING,
                                "Table " + id + ": there is no such table in " + source + ".",
                                "Check schema and name.",
                                null));
    }

    private SampledRow tried(EtlTrial trial, Table table, Row row) {
        Map<String, @Nullable String> before = shown(table, row);
        try {
            return trial.apply(row, origin())
                    .map(after -> new SampledRow(Outcome.KEPT, before, shown(trial.target(), after), null))
                    .orElseGet(() -> new SampledRow(Outcome.DROPPED, before, null, null));
        } catch (SyncException e) {
            return new SampledRow(Outcome.FAILED, before, null, e.getMessage());
        }
    }

    /** Where a copied row would come from; the log's position is not known yet. */
    private Origin origin() {
        return new Origin(0, 0, 0, 0, TimeUnit.MILLISECONDS.toMicros(clock.millis()), 0);
    }

    private static List<SampledColumn> columns(Table table) {
        return table.columns().stream()
                .map(column -> new SampledColumn(column.name(), column.type().sqlName()))
                .toList();
    }

    private static Map<String, @Nullable String> shown(Table table, Row row) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            values.put(table.columns().get(i).name(), row.isNull(i) ? null : shortened(row.text(i)));
        }
        return values;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
