package dev.leat.shape.etl;

/** A step at work; belongs to one thread. */
sealed interface Action {

    /** A condition, which drops a change or lets it pass. */
    record Test(Checked checked, Node condition, boolean dropWhen) implements Action {

        /** Whether the change is to be dropped. */
        boolean drops(Frame frame) {
            Object value = condition.value(frame);
            if (value == Missing.UNAVAILABLE) {
                // neither answer is safe: one would lose a change, the other let one through that was to be held back
                throw new RowError("the condition needs a large value that the update left unchanged and that the log"
                        + " therefore does not hold: set REPLICA IDENTITY FULL, or ask isKnown(…) first");
            }
            return Boolean.TRUE.equals(value) == dropWhen;
        }
    }

    /** A new value. */
    record Assign(Checked checked, Node expression, Slot to, Rendering rendering) implements Action {}

    /** A masked value. */
    record Mask(Slot from, Slot to, Masks mask) implements Action {}

    /** The step, ready to work. */
    static Action of(Prepared step, String database) {
        return switch (step) {
            case Prepared.Test test ->
                new Test(test.condition(), NodeBuilder.build(test.condition(), database), test.dropWhen());
            case Prepared.Assign assign ->
                new Assign(
                        assign.expression(),
                        NodeBuilder.build(assign.expression(), database),
                        assign.to(),
                        assign.rendering());
            case Prepared.Mask mask ->
                new Mask(
                        mask.from(),
                        mask.to(),
                        Masks.of(mask.step(), mask.from().kind()));
        };
    }
}
