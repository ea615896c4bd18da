package dev.leat.precheck;

import dev.leat.postgres.SlotTrial;
import dev.leat.settings.SourceKind;
import java.util.List;

/** Whether the name of an AnalyticDB's database keeps its log from being read, which is tried. */
final class DatabaseNameCheck implements Check {

    @Override
    public String name() {
        return "DATABASE_NAME";
    }

    @Override
    public String title() {
        return "Database has a name that can be replicated";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        String database = context.plan().source().database();
        if (context.plan().source().kind() != SourceKind.ANALYTICDB_POSTGRESQL
                || database.indexOf('-') < 0
                || !context.plan().follows()) {
            return new Outcome.Passed();
        }
        return switch (context.source().slotTrial()) {
            case SlotTrial.Result.Made _, SlotTrial.Result.Waits _ ->
                Outcome.of(List.of(Finding.alert(
                        place(database),
                        "The name holds a hyphen, which some versions of AnalyticDB cannot replicate; a slot could be"
                                + " made in it here.",
                        rename(database))));
            case SlotTrial.Result.NoEntry _ -> throw new PreconditionFailed(ReplicationRightCheck.NAME);
            case SlotTrial.Result.Refused refused ->
                Outcome.of(List.of(Finding.error(
                        place(database),
                        "The name holds a hyphen, and no slot can be made in it: "
                                + refused.cause().getMessage(),
                        rename(database))));
        };
    }

    private static String place(String database) {
        return "database " + database;
    }

    private static String rename(String database) {
        return "ALTER DATABASE " + Wording.identifier(database) + " RENAME TO "
                + Wording.identifier(database.replace('-', '_')) + "; -- while nobody is connected to it";
    }
}
