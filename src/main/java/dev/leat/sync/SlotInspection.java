package dev.leat.sync;

import dev.leat.postgres.PostgresFailures;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.ReplicationSlot;
import dev.leat.postgres.SlotState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the slot of a task from aside, whether the task runs or rests: WAL is kept for it either way. */
public final class SlotInspection {

    private final SyncPlan plan;
    private final InstantSource clock;
    private final PostgresSource source;
    private final ReplicationSlot slot;

    /** Of a task's slot. */
    public SlotInspection(SyncPlan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
        this.source = new PostgresSource(plan.source(), plan.applicationName());
        this.slot = new ReplicationSlot(source, plan.slot());
    }

    /**
     * Looks once, in a session of its own.
     *
     * @param before what the last look made of its WAL; null when there was none
     * @return empty when there is no such slot
     * @throws dev.leat.failure.SyncException when the source does not answer
     */
    public Optional<SlotHealth> look(@Nullable WalTrend before) {
        try (Connection session = source.session()) {
            return slot.state(session).map(state -> health(state, before));
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication slot " + slot.name(), e);
        }
    }

    /** Drops the slot, whoever of this task still reads from it; the WAL that was kept for it is free. */
    public void drop() {
        slot.evict(plan.applicationName());
        slot.drop();
    }

    SlotHealth health(SlotState state, @Nullable WalTrend before) {
        long held = state.walHeldBytes();
        WalTrend trend = before == null ? WalTrend.start(clock.instant(), held) : before.next(clock.instant(), held);
        return new SlotHealth(
                slot.name(),
                state.lost(),
                state.failover(),
                state.restartLsn(),
                state.confirmedLsn(),
                trend,
                WalLimit.of(plan.task().source().slotCare(), state.keepLimitBytes()));
    }
}
