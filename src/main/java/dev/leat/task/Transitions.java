package dev.leat.task;

import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The one place where a task's state changes: it is stored, logged, written to the event log and published. */
@Component
class Transitions {

    private static final Logger LOG = LoggerFactory.getLogger(Transitions.class);

    private final SyncTasks tasks;
    private final TaskEvents events;
    private final ApplicationEventPublisher publisher;

    Transitions(SyncTasks tasks, TaskEvents events, ApplicationEventPublisher publisher) {
        this.tasks = tasks;
        this.events = events;
        this.publisher = publisher;
    }

    /** Takes a task to the state that the step makes of its present one; the same state again is no change. */
    @Transactional
    public TaskState apply(UUID id, String actor, UnaryOperator<TaskState> step) {
        SyncTask task = tasks.lock(id).orElseThrow(() -> new TaskNotFound(id));
        TaskState from = task.state();
        TaskState to = step.apply(from);
        if (to.equals(from)) {
            return from;
        }
        task.enter(to);
        // what the transaction goes on to write beside JPA has to see it
        tasks.saveAndFlush(task);
        LOG.atInfo()
                .addKeyValue("taskId", id)
                .addKeyValue("from", from.label())
                .addKeyValue("to", to.label())
                .log("Task '{}' goes from {} to {}", task.name, from.label(), to.label());
        record(id, actor, from, to);
        publisher.publishEvent(new TaskChanged(id, task.name, from, to));
        return to;
    }

    private void record(UUID id, String actor, TaskState from, TaskState to) {
        switch (to) {
            case TaskState.Failed failed -> events.trouble(id, "ERROR", failed.trouble());
            case TaskState.Retrying retrying -> events.trouble(id, "WARN", retrying.trouble());
            case TaskState.Paused(Optional<TaskState.Trouble> reason)
            when reason.isPresent() -> events.trouble(id, "ERROR", reason.get());
            default ->
                events.add(
                        id,
                        "INFO",
                        "STATE_CHANGED",
                        from.label() + " → " + to.label() + (actor.isEmpty() ? "" : " by " + actor),
                        null);
        }
    }
}
