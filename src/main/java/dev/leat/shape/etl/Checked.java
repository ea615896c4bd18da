package dev.leat.shape.etl;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.leat.failure.SyncException;
import java.util.Map;

/**
 * A type-checked expression.
 *
 * @param tree what CEL made of it
 * @param variables the columns by the identifiers that stand in it
 * @param kind the kind of its value
 * @param place where it stands in the settings
 */
record Checked(CelAbstractSyntaxTree tree, Map<String, Slot> variables, Kind kind, Place place) {

    /** The failure of a row at a place in the expression. */
    SyncException failed(RowError error) {
        return place.with(position(error.offset()))
                .refused(
                        error.what() + ".",
                        "Change the expression so that it can work on every row (see coalesce, isKnown and the choice"
                                + " ? : in docs/etl.md), then resume the task.");
    }

    private String position(int offset) {
        CelSourceLocation at =
                tree.getSource().getOffsetLocation(Math.max(offset, 0)).orElse(CelSourceLocation.of(1, 0));
        return "line " + at.getLine() + ", column " + (at.getColumn() + 1);
    }
}
