package dev.leat.sync.oversize;

import dev.leat.change.Change;
import dev.leat.change.Row;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The rows of a change: what it looked like before and after, as far as there is either. */
final class Images {

    private Images() {}

    static List<Row> of(Change change) {
        return switch (change) {
            case Change.Read read -> List.of(read.after());
            case Change.Insert insert -> List.of(insert.after());
            case Change.Update update ->
                Stream.concat(update.known().stream(), Stream.of(update.after()))
                        .toList();
            case Change.Delete delete -> List.of(delete.before());
            case Change.Truncate ignored -> List.of();
        };
    }

    /** The same change with other rows. */
    static Change with(Change change, UnaryOperator<Row> before, UnaryOperator<Row> after) {
        return switch (change) {
            case Change.Read(var table, var origin, var row) -> new Change.Read(table, origin, after.apply(row));
            case Change.Insert(var table, var origin, var row) -> new Change.Insert(table, origin, after.apply(row));
            case Change.Update(var table, var origin, var old, var row) ->
                new Change.Update(table, origin, old == null ? null : before.apply(old), after.apply(row));
            case Change.Delete(var table, var origin, var row) -> new Change.Delete(table, origin, before.apply(row));
            case Change.Truncate truncate -> truncate;
        };
    }
}
