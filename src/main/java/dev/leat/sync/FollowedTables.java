package dev.leat.sync;

import dev.leat.change.Origin;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.postgres.ReselectSession;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows, for each shape of a table that the log describes, the road of its changes. For one thread. */
final class FollowedTables {

    private final Gear gear;
    private final ReselectSession reselecting;
    private final Checkpoint start;
    private final LateTables late;
    private final Map<Table, Optional<FollowedTable>> tables = new IdentityHashMap<>();

    FollowedTables(Gear gear, ReselectSession reselecting, Checkpoint start, LateTables late) {
        this.gear = gear;
        this.reselecting = reselecting;
        this.start = start;
        this.late = late;
    }

    /**
     * The road of what the log tells; empty when nobody wants it, or when it is held until its table has joined.
     *
     * @param frame the log's own bytes, which may be held
     */
    Optional<Route> road(Table table, Origin origin, byte[] frame) {
        Optional<FollowedTable> known = tables.get(table);
        Optional<FollowedTable> found = known == null ? find(table) : known;
        if (found.isEmpty() || !found.get().wants(origin) || found.get().holds(table, origin, frame)) {
            return Optional.empty();
        }
        Optional<Route> laid = found.get().road();
        return laid.isPresent() ? laid : lay(table, found.get());
    }

    private Optional<FollowedTable> find(Table table) {
        Optional<FollowedTable> found = followed(table);
        tables.put(table, found);
        return found;
    }

    private Optional<FollowedTable> followed(Table table) {
        TableProgress progress = gear.status().tables().get(table.id());
        if (progress == null || progress.state() == TableProgress.State.SET_ASIDE) {
            return Optional.empty();
        }
        FollowedTable unpaved = new FollowedTable(
                Optional.empty(),
                progress.asOf().value(),
                start,
                late.find(table.id()).orElse(null));
        // a shape that is older than the copy of a table that joins may not fit the settings, and need not
        return unpaved.late() == null ? paved(table, unpaved) : Optional.of(unpaved);
    }

    private Optional<FollowedTable> paved(Table table, FollowedTable unpaved) {
        try {
            return gear.routes().to(table, reselecting).map(unpaved::over);
        } catch (SyncException e) {
            failed(table.id(), e);
            return Optional.empty();
        }
    }

    /** Lays the road of a table that has joined. */
    private Optional<Route> lay(Table table, FollowedTable unpaved) {
        Optional<FollowedTable> found = paved(table, unpaved);
        tables.put(table, found);
        return found.flatMap(FollowedTable::road);
    }

    /** A table's change could not be sent: it is set aside, or the failure goes on. */
    void failed(TableId id, SyncException failure) {
        TableProgress progress = gear.status().tables().get(id);
        if (progress == null) {
            throw failure;
        }
        gear.failures().failed(progress, failure);
        leave(id);
    }

    /** A row of a table was refused: it is set aside. */
    void setAside(TableId id, SyncException failure) {
        TableProgress progress = gear.status().tables().get(id);
        if (progress == null) {
            throw failure;
        }
        gear.failures().setAside(progress, failure);
        leave(id);
    }

    private void leave(TableId id) {
        tables.replaceAll((table, road) -> table.id().equals(id) ? Optional.empty() : road);
    }

    /**
     * A table's road, and the point of the log where its own changes begin.
     *
     * @param road empty until a table that joins has done so
     * @param start what was delivered before the run began, of all tables but one that joins only now
     */
    private record FollowedTable(
            Optional<Route> road,
            long asOf,
            Checkpoint start,
            @Nullable LateTable late) {

        FollowedTable over(Route route) {
            return new FollowedTable(Optional.of(route), asOf, start, late);
        }

        boolean wants(Origin origin) {
            return late == null
                    ? Long.compareUnsigned(origin.commitLsn(), asOf) >= 0 && !start.covers(origin)
                    : late.wants(origin);
        }

        /** Whether a table that joins holds this itself. */
        boolean holds(Table shape, Origin origin, byte[] frame) {
            return late != null && late.hold(shape, origin, frame);
        }
    }
}
