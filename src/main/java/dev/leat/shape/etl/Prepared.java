package dev.leat.shape.etl;

import dev.leat.settings.EtlStep;

/** A step that fits the table, as threads share it; renaming and removing columns needs no work on a row. */
sealed interface Prepared {

    /** Drops a change when the condition turns out as {@code dropWhen}; a condition that is null counts as false. */
    record Test(Checked condition, boolean dropWhen) implements Prepared {}

    /** Gives a slot the value of an expression. */
    record Assign(Checked expression, Slot to, Rendering rendering) implements Prepared {}

    /** Gives a slot the masked value of another. */
    record Mask(Slot from, Slot to, EtlStep.Mask step) implements Prepared {}
}
