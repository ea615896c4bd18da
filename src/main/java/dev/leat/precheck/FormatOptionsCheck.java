package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.kafka.format.RecordEncoders;
import java.util.List;

/** Whether the options of the record format have values that it knows: they are read as a run reads them. */
final class FormatOptionsCheck implements Check {

    /** Stands in for any table; nothing of it is ever sent. */
    private static final Table ANY = new Table(0, new TableId("any", "any"), List.of(), List.of(), false);

    @Override
    public String name() {
        return "FORMAT_OPTIONS";
    }

    @Override
    public String title() {
        return "Record format's options are understood";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        try {
            RecordEncoders.compile(WantedSchema.spec(context, ANY, "any", List.of(), (subject, schema) -> 0));
            return new Outcome.Passed();
        } catch (SyncException e) {
            return Outcome.of(List.of(Finding.error("format.options", e.getMessage(), e.remedy())));
        }
    }
}
