package dev.leat.shape.etl;

import dev.leat.change.Column;
import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import dev.leat.settings.EtlStep;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Fits steps to a table, one after the other; each sees the columns that the ones before have left. */
final class StepCompiler {

    private final Table table;
    private final String database;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Prepared> prepared = new ArrayList<>();
    private int nextSlot;

    StepCompiler(Table table, String database) {
        this.table = table;
        this.database = database;
        table.columns().forEach(column -> slots.add(Slot.of(nextSlot++, column)));
    }

    List<Slot> slots() {
        return slots;
    }

    List<Prepared> prepared() {
        return prepared;
    }

    int slotCount() {
        return nextSlot;
    }

    /** Names of the columns as the steps so far have left them. */
    List<String> names() {
        return slots.stream().map(slot -> slot.column().name()).toList();
    }

    /** Adds a step. */
    void add(EtlStep step, Place place) {
        switch (step) {
            case EtlStep.Set set -> set(set, place);
            case EtlStep.DropIf drop -> test(drop.dropIf(), true, below(place, "dropIf"));
            case EtlStep.KeepIf keep -> test(keep.keepIf(), false, below(place, "keepIf"));
            case EtlStep.Rename rename -> rename(rename, below(place, "rename"), below(place, "to"));
            case EtlStep.Remove remove -> slots.remove(changeable(remove.remove(), "removed", below(place, "remove")));
            case EtlStep.Mask mask -> mask(mask, below(place, "mask"));
            case EtlStep.Script script ->
                throw below(place, "script").refused("a script within a script.", "Take it out.");
        }
    }

    private static Place below(Place place, String field) {
        // steps out of a script have no fields of their own
        return place.more().isEmpty() ? new Place(place.table(), place.field() + "." + field) : place;
    }

    private void test(String condition, boolean dropWhen, Place place) {
        Checked checked = checked(condition, place);
        if (checked.kind() != Kind.BOOL) {
            throw place.refused(
                    "the condition is of type " + checked.kind().label() + " and not true or false.",
                    "Compare it with something.");
        }
        prepared.add(new Prepared.Test(checked, dropWhen));
    }

    private void set(EtlStep.Set set, Place place) {
        Place field = below(place, "set");
        Checked checked = checked(set.to(), below(place, "to").with("column " + set.set()));
        OptionalInt present = find(set.set());
        if (present.isPresent()) {
            changeable(set.set(), "set", field);
        }
        Rendering rendering = rendering(present, checked);
        boolean nullable = tried(checked).nullable();
        Slot to = Slot.of(nextSlot++, new Column(set.set(), rendering.type(), !nullable));
        prepared.add(new Prepared.Assign(checked, to, rendering));
        put(present, to);
    }

    private Rendering rendering(OptionalInt present, Checked checked) {
        try {
            return present.isPresent()
                    ? Rendering.of(slots.get(present.getAsInt()).column().type(), checked.kind())
                    : Rendering.ofNew(checked.kind());
        } catch (RowError e) {
            throw checked.place().refused(e.what() + ".", "Give it a value of another type.");
        }
    }

    private void put(OptionalInt present, Slot to) {
        if (present.isPresent()) {
            slots.set(present.getAsInt(), to);
        } else {
            slots.add(to);
        }
    }

    private void mask(EtlStep.Mask mask, Place place) {
        int index = changeable(mask.mask(), "masked", place);
        Slot from = slots.get(index);
        Column column = from.column();
        Column masked = Types.isText(column.type()) && mask.hash() == null
                ? column
                : new Column(column.name(), Types.TEXT, column.notNull());
        Slot to = Slot.of(nextSlot++, masked);
        prepared.add(new Prepared.Mask(from, to, mask));
        slots.set(index, to);
    }

    private void rename(EtlStep.Rename rename, Place from, Place to) {
        int index = required(rename.rename(), from);
        if (find(rename.to()).isPresent()) {
            throw to.refused(
                    "there is a column '" + rename.to() + "' already.",
                    "Choose another name, or remove that column first.");
        }
        slots.set(index, slots.get(index).named(rename.to()));
    }

    /** A column that is there and not part of the key, which has to stay what the source knows rows by. */
    private int changeable(String name, String what, Place place) {
        int index = required(name, place);
        if (table.key().contains(slots.get(index).index())) {
            throw place.refused(
                    "column '" + name + "' is part of the key and cannot be " + what + ".",
                    "Put the new value into another column, or leave the step out.");
        }
        return index;
    }

    private int required(String name, Place place) {
        return find(name)
                .orElseThrow(() -> place.refused(
                        "there is no column '" + name + "'.", "Columns here: " + Wording.list(names()) + "."));
    }

    private OptionalInt find(String name) {
        return IntStream.range(0, slots.size())
                .filter(i -> slots.get(i).column().name().equals(name))
                .findFirst();
    }

    private Checked checked(String expression, Place place) {
        Checked checked = new Checker(slots).check(expression, place);
        tried(checked);
        return checked;
    }

    /** Builds the expression once, so that what is wrong with its constants shows before the start. */
    private Node tried(Checked checked) throws SyncException {
        try {
            return NodeBuilder.build(checked, database);
        } catch (RowError e) {
            throw checked.failed(e);
        }
    }
}
