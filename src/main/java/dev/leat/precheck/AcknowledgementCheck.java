package dev.leat.precheck;

import dev.leat.settings.Acks;
import java.util.List;

/** Whether a record counts as delivered only when it survives the loss of a broker. */
final class AcknowledgementCheck implements Check {

    @Override
    public String name() {
        return "ACKNOWLEDGEMENT";
    }

    @Override
    public String title() {
        return "Records survive the loss of a broker";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        Acks acks = context.task().kafka().acks();
        return acks == Acks.ALL
                ? new Outcome.Passed()
                : Outcome.of(List.of(Finding.alert(
                        "kafka.acks",
                        "With the acknowledgement " + acks + " records can be lost with a broker, unnoticed.",
                        "Set \"acks\": \"ALL\" in the task's \"kafka\" settings.")));
    }
}
