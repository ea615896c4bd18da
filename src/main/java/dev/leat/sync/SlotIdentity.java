package dev.leat.sync;

import dev.leat.change.Lsn;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.SlotState;
import dev.leat.postgres.TimelineHistory;
import java.util.Collection;
import java.util.Optional;

/**
 * Tells whether a slot still is the one that a task stopped at. One that was dropped and made again, advanced by another
 * or left behind by a failover looks healthy, and would leave changes out without a word.
 */
final class SlotIdentity {

    private static final String RESTART =
            "To be whole again, restart the task (POST …/restart, or Restart in the console): it makes a slot"
                    + " where none is left, copies all tables again into the topics that they have, and follows the log from"
                    + " there. Rows that were deleted meanwhile stay in the topics until these are emptied."
                    + " A task without the FULL phase needs it first.";

    private final String slot;
    private final PostgresSource source;
    private final Capabilities capabilities;

    SlotIdentity(String slot, PostgresSource source, Capabilities capabilities) {
        this.slot = slot;
        this.source = source;
        this.capabilities = capabilities;
    }

    /**
     * The checkpoint to go on from: the saved one or, after a failover, what of it the log of the new primary holds.
     *
     * @throws SyncException when changes since the checkpoint are gone or cannot be told from others
     */
    Checkpoint verify(Checkpoint saved, Collection<TableProgress> tables, Optional<SlotState> state) {
        if (!saved.systemIdentifier().equals(capabilities.systemIdentifier())) {
            throw lost("source " + source + " is another cluster (system identifier " + capabilities.systemIdentifier()
                    + ", before " + saved.systemIdentifier() + "), or one that was made anew");
        }
        SlotState found = state.orElseThrow(() -> lost(
                "it does not exist any more; it was dropped, or a standby took over that did not have it. Delivered is"
                        + " everything up to " + saved.confirmable()));
        refuseForeign(found);
        if (found.lost()) {
            throw lost("the source has removed WAL that it needs (" + found.status() + ")");
        }
        Checkpoint reached = afterFailover(saved, tables);
        if (reached.confirmable().isBefore(found.confirmedLsn())) {
            throw lost("it was advanced or made again elsewhere: it goes on at " + found.confirmedLsn()
                    + ", delivered is only up to " + reached.confirmable());
        }
        return reached;
    }

    private void refuseForeign(SlotState found) {
        if (!found.database().equals(source.endpoint().database())) {
            throw new SyncException(
                    FailureKind.SOURCE_CONFIGURATION,
                    "Replication slot " + slot + ": belongs to the database " + found.database() + ", the task reads "
                            + source.endpoint().database() + ".",
                    "Let the task read the database that it has read, or make another task.",
                    null);
        }
    }

    /** A standby that took over may lack the end of the former primary's log. */
    private Checkpoint afterFailover(Checkpoint saved, Collection<TableProgress> tables) {
        int timeline = capabilities.timeline();
        if (capabilities.standby() || saved.timeline() == timeline) {
            refuseShorterLog(saved);
            return saved;
        }
        if (saved.timeline() == 0) {
            refuseShorterLog(saved);
            return saved.on(timeline, saved.confirmable());
        }
        Lsn fork = TimelineHistory.of(source, timeline)
                .endOf(saved.timeline())
                .orElseThrow(() -> lost("source " + source + " is on timeline " + timeline
                        + ", which does not come from timeline " + saved.timeline() + " that the task has read"));
        Lsn delivered = delivered(saved, tables);
        if (fork.isBefore(delivered) || fork.equals(saved.commitLsn())) {
            throw lost("a standby took over at " + fork + " (timeline " + timeline + ") that lacked the end of the log:"
                    + " delivered is up to " + delivered
                    + ", so that the topics hold changes that the source does not");
        }
        return saved.on(timeline, fork);
    }

    private void refuseShorterLog(Checkpoint saved) {
        if (!capabilities.standby() && capabilities.walEnd().isBefore(saved.confirmable())) {
            throw lost("the source's log ends at " + capabilities.walEnd() + ", before " + saved.confirmable()
                    + " that was delivered: it was restored from a backup, or has lost WAL");
        }
    }

    /** The furthest point of the former log of which something is in the topics, be it from a snapshot. */
    private static Lsn delivered(Checkpoint saved, Collection<TableProgress> tables) {
        return tables.stream()
                .filter(table -> table.state() != TableProgress.State.WAITING)
                .map(TableProgress::asOf)
                .reduce(saved.commitLsn(), (a, b) -> a.isBefore(b) ? b : a);
    }

    private SyncException lost(String what) {
        return new SyncException(
                FailureKind.SOURCE_SLOT_LOST, "Replication slot " + slot + ": " + what + ".", RESTART, null);
    }
}
