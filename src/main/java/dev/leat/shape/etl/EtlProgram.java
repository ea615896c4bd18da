package dev.leat.shape.etl;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps of one table at work. Belongs to one thread; its rows are valid until it is given the next change. */
public final class EtlProgram {

    private static final EtlOutcome DROPPED = new EtlOutcome.Dropped();

    private final Table target;
    private final Action[] actions;
    private final int[] slots;
    private final boolean makesValues;
    private final Frame before;
    private final Frame after;
    /** The expression at work, for the message should it fail. */
    private @Nullable Checked working;

    EtlProgram(Table source, Table target, List<Action> actions, int[] slots, int slotCount) {
        int columns = source.columns().size();
        this.target = target;
        this.actions = actions.toArray(Action[]::new);
        this.slots = slots;
        this.makesValues = Arrays.stream(slots).anyMatch(slot -> slot >= columns);
        this.before = new Frame(columns, slotCount);
        this.after = new Frame(columns, slotCount);
    }

    /** What the steps make of a change: conditions judge the new row, of a deleted row the old one where it is known. */
    public EtlOutcome apply(Change change) {
        try {
            return switch (change) {
                case Change.Read read -> read(read);
                case Change.Insert insert -> insert(insert);
                case Change.Update update -> update(update);
                case Change.Delete delete -> delete(delete);
                case Change.Truncate truncate -> new EtlOutcome.Kept(new Change.Truncate(target, truncate.origin()));
            };
        } catch (RowError e) {
            return new EtlOutcome.Failed(Objects.requireNonNull(working).failed(e));
        }
    }

    private EtlOutcome read(Change.Read read) {
        return passes(after, read.after(), read.origin(), "READ")
                ? new EtlOutcome.Kept(new Change.Read(target, read.origin(), row(after, read.after())))
                : DROPPED;
    }

    private EtlOutcome insert(Change.Insert insert) {
        return passes(after, insert.after(), insert.origin(), "INSERT")
                ? new EtlOutcome.Kept(new Change.Insert(target, insert.origin(), row(after, insert.after())))
                : DROPPED;
    }

    private EtlOutcome update(Change.Update update) {
        if (!passes(after, update.after(), update.origin(), "UPDATE")) {
            return DROPPED;
        }
        Row old = update.before();
        return new EtlOutcome.Kept(new Change.Update(
                target, update.origin(), old == null ? null : old(old, update.origin()), row(after, update.after())));
    }

    /** The old row gets the same values as the new one, or what is masked in one would be readable in the other. */
    private Row old(Row old, Origin origin) {
        if (old.keyOnly()) {
            return row(before, old);
        }
        before.begin(old, origin, "UPDATE");
        try {
            for (Action action : actions) {
                change(before, action);
            }
            return row(before, old);
        } catch (RowError e) {
            // it was refused when it came, which must not keep back the row that takes its place
            return before.key(old, slots, target.key());
        }
    }

    private EtlOutcome delete(Change.Delete delete) {
        Row old = delete.before();
        return old.keyOnly() || passes(before, old, delete.origin(), "DELETE")
                ? new EtlOutcome.Kept(new Change.Delete(target, delete.origin(), row(before, old)))
                : DROPPED;
    }

    private Row row(Frame frame, Row source) {
        return makesValues && !source.keyOnly() ? frame.result(slots) : frame.projected(source, slots);
    }

    private boolean passes(Frame frame, Row row, Origin origin, String operation) {
        frame.begin(row, origin, operation);
        for (Action action : actions) {
            if (action instanceof Action.Test test) {
                working = test.checked();
                if (test.drops(frame)) {
                    return false;
                }
            } else {
                change(frame, action);
            }
        }
        return true;
    }

    private void change(Frame frame, Action action) {
        switch (action) {
            case Action.Assign assign -> {
                working = assign.checked();
                frame.assign(assign.to(), assign.expression().value(frame), assign.rendering());
            }
            case Action.Mask mask -> frame.mask(mask.from(), mask.to(), mask.mask());
            case Action.Test _ -> {}
        }
    }
}
