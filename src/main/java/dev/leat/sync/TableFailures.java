package dev.leat.sync;

import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.settings.OnTableFailure;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a table that fails by itself: it stops the run, or it is set aside with its reason, so that the others
 * go on. Safe for several threads.
 */
final class TableFailures {

    private static final Logger LOG = LoggerFactory.getLogger(TableFailures.class);

    private final OnTableFailure policy;
    private final Checkpoints checkpoints;
    private final SyncStatus status;
    private final SyncListener listener;
    private final Set<TableId> setAside = ConcurrentHashMap.newKeySet();

    TableFailures(OnTableFailure policy, Checkpoints checkpoints, SyncStatus status, SyncListener listener) {
        this.policy = policy;
        this.checkpoints = checkpoints;
        this.status = status;
        this.listener = listener;
    }

    /**
     * Sets the table aside, and returns when that is saved: nothing that is left out from here on may be confirmed before.
     *
     * @throws SyncException the failure itself, when it is not the table's own or the task stops for it
     */
    void failed(TableProgress table, SyncException failure) {
        if (policy == OnTableFailure.STOP || !failure.kind().concernsOneTable()) {
            throw failure;
        }
        setAside(table, failure);
    }

    /** Saves how far tables have come, but for those that another thread has set aside; the ones that it saved. */
    synchronized List<TableProgress> saveUnlessSetAside(Collection<TableProgress> tables) {
        List<TableProgress> well =
                tables.stream().filter(table -> !has(table.id())).toList();
        checkpoints.save(well);
        well.forEach(status::table);
        return well;
    }

    /** Sets the table aside, whatever the task's policy; returns when that is saved. */
    synchronized void setAside(TableProgress table, SyncException failure) {
        if (setAside.add(table.id())) {
            String remedy = failure.remedy() + " Then resync table " + table.id() + ".";
            TableProgress aside = table.setAside(failure.getMessage(), remedy);
            checkpoints.save(List.of(aside));
            status.table(aside);
            LOG.atWarn()
                    .addKeyValue("table", table.id())
                    .addKeyValue("kind", failure.kind())
                    .log("Set aside: {}", failure.getMessage());
            listener.incident("TABLE_SET_ASIDE", "Set aside: " + failure.getMessage(), remedy);
        }
    }

    /** Whether a table was set aside in this run. */
    boolean has(TableId table) {
        return setAside.contains(table);
    }
}
