package dev.leat.precheck;

import dev.leat.failure.SyncException;
import java.util.List;

/** Whether the source can be reached, lets the user in and answers. */
final class SourceConnectionCheck implements Check {

    static final String NAME = "SOURCE_CONNECTION";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Source can be reached and signed in to";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        try {
            context.source().connect();
            return new Outcome.Passed();
        } catch (SyncException e) {
            String place = context.plan().source().address();
            return Outcome.of(List.of(Finding.error(place, e.getMessage(), e.remedy())));
        }
    }
}
