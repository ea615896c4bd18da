package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.Reselect;
import dev.leat.shape.RowRefused;
import dev.leat.shape.TableShape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The road of one table's rows: what the user does to them, how they are encoded, where they go. For one thread. */
final class Route {

    private final @Nullable Reselect reselect;
    private final TableShape shape;
    private final Outlet outlet;
    private final Oversized oversized;
    private final RefusedRows refused;

    /**
     * Lays a road.
     *
     * @param reselect completes changes that lack values; null where the task does not ask for it
     */
    Route(@Nullable Reselect reselect, TableShape shape, Outlet outlet, Oversized oversized, RefusedRows refused) {
        this.reselect = reselect;
        this.shape = shape;
        this.outlet = outlet;
        this.oversized = oversized;
        this.refused = refused;
    }

    /** Sends a change on its way; returns the bytes of its records, 0 when the user does not want it. */
    long send(Change change, KafkaSink sink, Delivery delivery) {
        try {
            Optional<Change> wanted = shape.apply(reselect == null ? change : reselect.complete(change));
            return wanted.isEmpty() ? 0 : encoded(wanted.get(), sink, delivery);
        } catch (RowRefused e) {
            return refused.send(e, sink, delivery);
        }
    }

    private long encoded(Change change, KafkaSink sink, Delivery delivery) {
        outlet.encode(change);
        return outlet.excess(sink) > 0 ? oversized.send(change, sink, delivery) : outlet.send(change, sink, delivery);
    }
}
