package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.Reselect;
import dev.leat.shape.TableShape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The road of one table's rows: what the user does to them, how they are encoded, where they go. For one thread. */
final class Route {

    private final @Nullable Reselect reselect;
    private final TableShape shape;
    private final Outlet outlet;
    private final Oversized oversized;

    /**
     * Lays a road.
     *
     * @param reselect completes changes that lack values; null where the task does not ask for it
     */
    Route(@Nullable Reselect reselect, TableShape shape, Outlet outlet, Oversized oversized) {
        this.reselect = reselect;
        this.shape = shape;
        this.outlet = outlet;
        this.oversized = oversized;
    }

    /** Sends a change on its way; returns the bytes of its records, 0 when the user does not want it. */
    long send(Change change, KafkaSink sink, Delivery delivery) {
        Optional<Change> wanted = shape.apply(reselect == null ? change : reselect.complete(change));
        if (wanted.isEmpty()) {
            return 0;
        }
        outlet.encode(wanted.get());
        return outlet.excess(sink) > 0
                ? oversized.send(wanted.get(), sink, delivery)
                : outlet.send(wanted.get(), sink, delivery);
    }
}
