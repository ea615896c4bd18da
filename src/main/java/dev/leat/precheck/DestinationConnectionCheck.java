package dev.leat.precheck;

import dev.leat.failure.SyncException;
import java.util.List;

/** Whether the destination can be reached, lets the user in and answers. */
final class DestinationConnectionCheck implements Check {

    static final String NAME = "DESTINATION_CONNECTION";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Destination can be reached and signed in to";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        try {
            context.destination().connect();
            return new Outcome.Passed();
        } catch (SyncException e) {
            String place = context.plan().destination().bootstrapServers();
            return Outcome.of(List.of(Finding.error(place, e.getMessage(), e.remedy())));
        }
    }
}
