package dev.leat.precheck;

import dev.leat.settings.TaskSettings;
import dev.leat.shape.TableShapes;

/** What checks work with: the plan, and what both ends say, each thing asked only once. */
final class PrecheckContext {

    private final PrecheckPlan plan;
    private final SourceFacts source;
    private final DestinationFacts destination;
    private final TableShapes shapes;

    /** A context; nothing is opened until a check asks. */
    PrecheckContext(PrecheckPlan plan) {
        this.plan = plan;
        this.shapes = new TableShapes(plan.task(), plan.source().database());
        this.source = new SourceFacts(plan);
        this.destination = new DestinationFacts(plan, source, shapes);
    }

    PrecheckPlan plan() {
        return plan;
    }

    TaskSettings task() {
        return plan.task();
    }

    SourceFacts source() {
        return source;
    }

    DestinationFacts destination() {
        return destination;
    }

    TableShapes shapes() {
        return shapes;
    }
}
