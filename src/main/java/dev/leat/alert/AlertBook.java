package dev.leat.alert;

import dev.leat.task.WatchedTask;
import dev.leat.task.WatchedTasks;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens and closes alerts: each once, with a line in the task's event log. */
@Component
class AlertBook {

    private static final Logger LOG = LoggerFactory.getLogger(AlertBook.class);

    private final AlertStore store;
    private final WatchedTasks tasks;
    private final AlertMetrics metrics;
    private final Clock clock;

    AlertBook(AlertStore store, WatchedTasks tasks, AlertMetrics metrics, Clock clock) {
        this.store = store;
        this.tasks = tasks;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Opens an alert, unless one is open or the task has gone on to another state meanwhile. */
    @Transactional
    public void open(WatchedTask task, AlertRule rule, Verdict.Holds found) {
        if (!tasks.isStill(task) || !store.open(task.id(), rule, found, clock.instant())) {
            return;
        }
        tasks.tell(task.id(), rule.severity(), "ALERT_OPENED", found.message(), found.remedy());
        metrics.opened(rule);
        LOG.atWarn().addKeyValue("taskId", task.id()).addKeyValue("rule", rule).log("Alert: {}", found.message());
    }

    /** Closes an alert, unless another node has. */
    @Transactional
    public void close(TaskAlert alert, Verdict.Over over) {
        if (store.close(alert.id(), clock.instant())) {
            String message = "Alert " + alert.rule() + " is over: " + over.why() + ".";
            tasks.tell(alert.taskId(), "INFO", "ALERT_CLOSED", message, null);
            LOG.atInfo()
                    .addKeyValue("taskId", alert.taskId())
                    .addKeyValue("rule", alert.rule())
                    .log("Task '{}': {}", alert.task(), message);
        }
    }
}
