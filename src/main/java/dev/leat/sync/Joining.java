package dev.leat.sync;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import dev.leat.kafka.Delivery;
import dev.leat.kafka.KafkaSink;
import dev.leat.postgres.ChangeReader;
import dev.leat.postgres.ReselectSession;
import dev.leat.settings.Phase;
import dev.leat.shape.RowRefused;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Brings one copied table up to where the others are: sends what was held of it, until it takes their road. */
final class Joining {

    private static final long PAUSE_NANOS = 20_000_000;

    private final Gear gear;
    private final LateTable table;
    private final ReselectSession reselecting;
    private final KafkaSink sink;
    private final Throttle throttle;
    private final AtomicBoolean stopping;
    private final ChangeReader reader = new ChangeReader();
    private final Map<Table, Optional<Route>> routes = new IdentityHashMap<>();
    private final Delivery delivery;

    Joining(Gear gear, LateTable table, ReselectSession reselecting, KafkaSink sink, Throttle throttle) {
        this.gear = gear;
        this.table = table;
        this.reselecting = reselecting;
        this.sink = sink;
        this.throttle = throttle;
        this.stopping = gear.stopping();
        this.delivery = sink.delivery();
    }

    /**
     * Works until the table has joined, is set aside, or the run stops.
     *
     * @param everywhere the others' checkpoint before the run, which the log must have reached
     */
    void run(LateTables others, Checkpoint everywhere) {
        try {
            boolean joined = false;
            while (!joined && !stopping.get() && !table.abandoned()) {
                table.send(this::take);
                joined = others.reached(everywhere.commitLsn().value()) && table.join(this::take, sink::flush);
                if (!joined) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            if (joined && !table.abandoned()) {
                joined();
            }
        } catch (SyncException e) {
            // what failed earlier at the broker may be another table's
            sink.check();
            gear.failures().failed(progress(), e);
            table.abandon();
        } catch (RowRefused e) {
            gear.failures().setAside(progress(), e.failure());
            table.abandon();
        }
    }

    private void joined() {
        TableProgress following = progress().following();
        if (gear.failures().saveUnlessSetAside(List.of(following)).isEmpty()) {
            return;
        }
        gear.listener()
                .happened(
                        "TABLE_JOINED",
                        "Table " + table.id() + ": " + following.rows() + " rows copied, now followed.");
    }

    private TableProgress progress() {
        return Objects.requireNonNull(gear.status().tables().get(table.id()));
    }

    private void take(Table shape, Origin origin, byte[] frame) {
        if (stopping.get()) {
            // the next run sends what is left, and what comes behind it must not overtake it
            table.abandon();
        }
        if (table.abandoned()) {
            return;
        }
        Optional<Change> change = reader.read(frame, shape, origin);
        if (change.isEmpty()) {
            gear.news().described(shape, origin, sink);
        } else {
            route(shape).ifPresent(route -> send(route, change.get()));
        }
    }

    private void send(Route route, Change change) {
        long bytes = route.send(change, sink, delivery);
        gear.status().sent(Phase.INCREMENTAL, 1, bytes);
        throttle.row(bytes, () -> {});
    }

    private Optional<Route> route(Table shape) {
        return routes.computeIfAbsent(shape, described -> gear.routes().to(described, reselecting));
    }
}
