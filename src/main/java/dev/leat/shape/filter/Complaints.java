package dev.leat.shape.filter;

import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;

/** Says what is wrong with a filter, and where in its text. */
final class Complaints {

    private final TableId table;
    private final String text;

    Complaints(Table table, String text) {
        this.table = table.id();
        this.text = text;
    }

    TableId table() {
        return table;
    }

    /** A complaint about what stands at an index of the text. */
    SyncException at(int index, String what, String remedy) {
        return new SyncException(
                FailureKind.SETTINGS, "Table " + table + ": filter, " + place(index) + ": " + what, remedy, null);
    }

    /** Lines and columns are counted from 1, columns in characters as people count them. */
    private String place(int index) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return "line " + line + ", column " + (text.codePointCount(start, index) + 1);
    }
}
