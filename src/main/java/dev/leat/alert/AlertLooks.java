package dev.leat.alert;

import dev.leat.task.TaskChanged;
import dev.leat.task.WatchedTask;
import dev.leat.task.WatchedTasks;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Looks at every task now and then, and has alerts opened and closed. Every node looks at all tasks; only the one that
 * runs a task knows its delay.
 */
@Component
class AlertLooks {

    private static final Logger LOG = LoggerFactory.getLogger(AlertLooks.class);

    /** What all rules say of a task that is finished or released. */
    private static final Map<AlertRule, Verdict> GONE = Arrays.stream(AlertRule.values())
            .collect(Collectors.toUnmodifiableMap(rule -> rule, rule -> new Verdict.Over("the task has ended")));

    private final WatchedTasks tasks;
    private final AlertStore store;
    private final AlertBook book;
    private final AlertMetrics metrics;
    private final Clock clock;
    private final DelayRule delays = new DelayRule();

    AlertLooks(WatchedTasks tasks, AlertStore store, AlertBook book, AlertMetrics metrics, Clock clock) {
        this.tasks = tasks;
        this.store = store;
        this.book = book;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Looks at all tasks. */
    @Scheduled(fixedDelayString = "${leat.alerts.look-every}")
    void look() {
        guarded(() -> {
            // what is open is read before the tasks, so that it is closed only by what was seen of them afterwards
            List<TaskAlert> open = store.open();
            List<WatchedTask> watched = tasks.list();
            delays.keep(watched.stream().map(WatchedTask::id).toList());
            Map<UUID, Map<AlertRule, Verdict>> verdicts = new HashMap<>();
            watched.forEach(task -> verdicts.put(task.id(), verdicts(task)));
            open.forEach(alert -> close(alert, verdicts.getOrDefault(alert.taskId(), GONE)));
            watched.forEach(task -> open(task, verdicts.getOrDefault(task.id(), GONE)));
        });
    }

    /** A task that fails, goes on or ends is no matter of time. */
    @TransactionalEventListener
    void changed(TaskChanged change) {
        Thread.ofVirtual().name("leat-alert-look").start(() -> guarded(() -> look(change.id())));
    }

    private void look(UUID id) {
        List<TaskAlert> open = store.open(id);
        Optional<WatchedTask> task = tasks.find(id);
        Map<AlertRule, Verdict> verdicts = task.map(found -> Map.of(AlertRule.FAILURE, Rules.failure(found)))
                .orElse(GONE);
        open.forEach(alert -> close(alert, verdicts));
        task.ifPresent(found -> open(found, verdicts));
    }

    /** One look at a time; one that the metadata database does not answer is made up for by the next. */
    private synchronized void guarded(Runnable look) {
        try {
            look.run();
            metrics.show(store.open());
        } catch (DataAccessException | TransactionException e) {
            LOG.atDebug().log("The metadata database does not say how the tasks do: {}", e.getMessage());
        }
    }

    private Map<AlertRule, Verdict> verdicts(WatchedTask task) {
        Instant now = clock.instant();
        return Map.of(
                AlertRule.FAILURE, Rules.failure(task),
                AlertRule.DELAY, delays.look(task, now),
                AlertRule.FULL_PHASE, Rules.fullPhase(task, now),
                AlertRule.WAL_HELD, Rules.walHeld(task));
    }

    private void close(TaskAlert alert, Map<AlertRule, Verdict> verdicts) {
        if (verdicts.get(alert.rule()) instanceof Verdict.Over over) {
            book.close(alert, over);
        }
    }

    private void open(WatchedTask task, Map<AlertRule, Verdict> verdicts) {
        verdicts.forEach((rule, verdict) -> {
            if (verdict instanceof Verdict.Holds found) {
                book.open(task, rule, found);
            }
        });
    }
}
