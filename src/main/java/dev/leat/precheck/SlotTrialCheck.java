package dev.leat.precheck;

import dev.leat.failure.SyncException;
import dev.leat.postgres.SlotTrial;
import java.util.List;

/** Whether the source really makes a slot: one is made and dropped, for what rights and settings do not tell. */
final class SlotTrialCheck implements Check {

    static final String NAME = "SLOT_TRIAL";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "A slot can be made in the database";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.plan().follows() || context.plan().hasCheckpoint()) {
            return new Outcome.Passed();
        }
        requireRoom(context);
        return switch (context.source().slotTrial()) {
            case SlotTrial.Result.Made _ -> new Outcome.Passed();
            case SlotTrial.Result.Waits _ ->
                new Outcome.Passed("The slot that was tried waits for transactions that are open; it was given up. The"
                        + " task's own waits until they end.");
            case SlotTrial.Result.NoEntry _ -> throw new PreconditionFailed(ReplicationRightCheck.NAME);
            case SlotTrial.Result.Refused refused -> Outcome.of(List.of(finding(context, refused.cause())));
        };
    }

    /** What other checks find needs no trial. */
    private static void requireRoom(PrecheckContext context) {
        String place = context.plan().source().address();
        if (!WalLevelCheck.judge(place, context.source().capabilities().walLevel())
                .isEmpty()) {
            throw new PreconditionFailed(WalLevelCheck.NAME);
        }
        if (!SlotAvailableCheck.judge(place, context.source().server(), 1).isEmpty()) {
            throw new PreconditionFailed(SlotAvailableCheck.NAME);
        }
    }

    private static Finding finding(PrecheckContext context, SyncException cause) {
        return Finding.error(
                "database " + context.plan().source().database(),
                "The source refused to make a slot: " + cause.getMessage(),
                context.source().capabilities().standby()
                        ? "The server is a standby: name the primary in the connection, or upgrade to PostgreSQL 16 or"
                                + " later. If it is to become the primary: SELECT pg_promote();"
                        : cause.remedy());
    }
}
