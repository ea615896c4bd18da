package dev.leat.console;

import dev.leat.change.TableId;
import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.Connections;
import dev.leat.connection.TableSearch;
import dev.leat.connection.TableSummary;
import dev.leat.failure.SyncException;
import dev.leat.settings.ObjectRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The schemas and tables of a draft's source, searched at the source and shown a part at a time. */
@Component
final class SourceTree {

    static final int PAGE = 100;

    /**
     * What is shown of the source.
     *
     * @param open the schema whose tables are shown; empty when the search goes over all
     * @param more the last table shown when there are more behind it
     * @param trouble why nothing can be shown; null when all is well
     * @param remedy what to do about that
     */
    record Tree(
            String q,
            String open,
            List<SchemaNode> schemas,
            List<TableNode> tables,
            @Nullable ObjectKey more,
            @Nullable String trouble,
            @Nullable String remedy) {

        public String moreKey() {
            return more == null ? "" : more.text();
        }
    }

    /** A schema, and whether it is selected as a whole. */
    record SchemaNode(String name, String key, boolean open, boolean selected) {}

    /** A table, and how it stands to the selection. */
    record TableNode(String schema, String name, String key, long rows, boolean keyed, String stand) {}

    private final Connections connections;

    SourceTree(Connections connections) {
        this.connections = connections;
    }

    /**
     * Looks at the source.
     *
     * @param q part of a table's name
     * @param schema the schema to open; empty for the only one, or none
     * @param after the table behind which the part begins
     */
    Tree look(Draft draft, Selection selection, String q, String schema, ObjectKey after) {
        String connection = draft.form().text("source.connection");
        String database = draft.form().text("source.database");
        try {
            List<String> schemas = connections.schemas(connection, database);
            String open = schema.isEmpty() && q.isEmpty() && schemas.size() == 1 ? schemas.getFirst() : schema;
            return tree(new Place(connection, database, q, open), schemas, selection, after);
        } catch (SyncException e) {
            return new Tree(q, schema, List.of(), List.of(), null, e.getMessage(), e.remedy());
        } catch (ConnectionRefused e) {
            return new Tree(q, schema, List.of(), List.of(), null, e.getMessage(), e.remedy());
        }
    }

    /** Where one looks. */
    private record Place(String connection, String database, String q, String open) {

        boolean showsTables() {
            return !q.isEmpty() || !open.isEmpty();
        }
    }

    private Tree tree(Place place, List<String> schemas, Selection selection, ObjectKey after) {
        List<TableSummary> found = place.showsTables() ? tables(place, after) : List.of();
        List<TableSummary> shown = found.subList(0, Math.min(PAGE, found.size()));
        TableSummary last = found.size() > PAGE ? shown.getLast() : null;
        return new Tree(
                place.q(),
                place.open(),
                schemas.stream().map(name -> node(name, place, selection)).toList(),
                shown.stream().map(table -> node(table, selection)).toList(),
                last == null ? null : new ObjectKey(last.schema(), last.table()),
                null,
                null);
    }

    private List<TableSummary> tables(Place place, ObjectKey after) {
        return connections.tables(
                place.connection(),
                place.database(),
                new TableSearch(
                        place.open(),
                        place.q(),
                        after.schema() == null ? "" : after.schema(),
                        after.table() == null ? "" : after.table(),
                        PAGE + 1));
    }

    private static SchemaNode node(String name, Place place, Selection selection) {
        ObjectRule rule = new ObjectKey(name, null).rule();
        return new SchemaNode(
                name,
                new ObjectKey(name, null).text(),
                name.equals(place.open()),
                selection.indexOf(rule).isPresent());
    }

    private static TableNode node(TableSummary table, Selection selection) {
        TableId id = new TableId(table.schema(), table.table());
        return new TableNode(
                table.schema(),
                table.table(),
                new ObjectKey(table.schema(), table.table()).text(),
                table.estimatedRows(),
                table.primaryKey(),
                selection.stand(id).name());
    }
}
