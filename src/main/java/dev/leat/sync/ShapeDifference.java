package dev.leat.sync;

import dev.leat.change.TableId;
import dev.leat.sync.KnownShape.KnownColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says in SQL how one shape became another. A column that is called otherwise but has kept its number was renamed; one
 * whose number is not known was dropped, and another was added.
 */
final class ShapeDifference {

    private final KnownShape before;
    private final KnownShape after;
    private final List<String> actions = new ArrayList<>();
    private final Set<String> renamed = new HashSet<>();

    private ShapeDifference(KnownShape before, KnownShape after) {
        this.before = before;
        this.after = after;
    }

    /** What one would do to a table, each action to follow {@code ALTER TABLE name}. */
    static List<String> actions(KnownShape before, KnownShape after) {
        ShapeDifference difference = new ShapeDifference(before, after);
        difference.drop();
        difference.rename();
        difference.addAndChange();
        return difference.actions;
    }

    private void drop() {
        for (KnownColumn column : before.columns()) {
            if (named(after, column.name()).isEmpty() && newName(column).isEmpty()) {
                actions.add("DROP COLUMN " + TableId.quote(column.name()));
            }
        }
    }

    private void rename() {
        for (KnownColumn column : before.columns()) {
            if (named(after, column.name()).isEmpty()) {
                newName(column).ifPresent(now -> rename(column, now));
            }
        }
    }

    private void rename(KnownColumn column, KnownColumn now) {
        actions.add("RENAME COLUMN " + TableId.quote(column.name()) + " TO " + TableId.quote(now.name()));
        renamed.add(now.name());
        change(column, now);
    }

    private void addAndChange() {
        for (KnownColumn now : after.columns()) {
            Optional<KnownColumn> column = named(before, now.name());
            if (column.isPresent()) {
                change(column.get(), now);
            } else if (!renamed.contains(now.name())) {
                actions.add("ADD COLUMN " + TableId.quote(now.name()) + " " + now.type());
            }
        }
    }

    private void change(KnownColumn column, KnownColumn now) {
        if (!column.type().equals(now.type())) {
            actions.add("ALTER COLUMN " + TableId.quote(now.name()) + " TYPE " + now.type());
        }
    }

    private Optional<KnownColumn> newName(KnownColumn column) {
        return before.oid() != after.oid() || column.number() == 0
                ? Optional.empty()
                : after.columns().stream()
                        .filter(now -> now.number() == column.number())
                        .filter(now -> named(before, now.name()).isEmpty())
                        .findFirst();
    }

    private static Optional<KnownColumn> named(KnownShape shape, String name) {
        return shape.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }
}
