package dev.leat.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.leat.task.LimitsChanged;
import dev.leat.task.Nodes;
import dev.leat.task.TaskChanged;
import dev.leat.task.TaskRefreshed;
import dev.leat.task.TaskRuns;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * This node's share of the work. db-scheduler picks which node runs a task, sends its heartbeat, and gives the tasks of
 * a node that died to another.
 */
final class Worker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final String RUN = "run-task";
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration YEARS = Duration.ofDays(3650);

    private final String name;
    private final TaskRuns runs;
    private final Function<UUID, TaskRunner> runners;
    private final Supplier<Map<String, Long>> connectionVersions;
    private final Clock clock;
    private final CustomTask<Void> task;
    private final DataSource metadata;
    private final Map<UUID, TaskRunner> running = new ConcurrentHashMap<>();
    private volatile @Nullable Scheduler scheduler;

    /**
     * A worker that is not started.
     *
     * @param node by whose name others see what it runs, and by whose group it is told which tasks to take
     */
    Worker(
            Nodes.Node node,
            TaskRuns runs,
            Function<UUID, TaskRunner> runners,
            Supplier<Map<String, Long>> connectionVersions,
            DataSource metadata,
            Clock clock) {
        this.name = node.name();
        this.runs = runs;
        this.runners = runners;
        this.connectionVersions = connectionVersions;
        this.clock = clock;
        this.task = Tasks.custom(executions(node.group()), Void.class).execute(this::execute);
        this.metadata = metadata;
    }

    /** A node takes only executions whose name it knows, so each group has one of its own. */
    private static String executions(String group) {
        return group.equals(Nodes.DEFAULT_GROUP) ? RUN : RUN + "@" + group;
    }

    /** One that was stopped cannot start again, so each start makes its own. */
    private Scheduler newScheduler() {
        return Scheduler.create(metadata, task)
                .schedulerName(new SchedulerName.Fixed(name))
                .threads(Nodes.MOST_TASKS)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().name("leat-task-", 0).factory()))
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .deleteUnresolvedAfter(YEARS)
                .shutdownMaxWait(Duration.ofSeconds(20))
                .enableImmediateExecution()
                .build();
    }

    private CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        UUID id = UUID.fromString(instance.getId());
        Thread.currentThread().setName("leat-" + instance.getId().substring(0, 8));
        TaskRunner runner = runners.apply(id);
        running.put(id, runner);
        try {
            runner.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // a successor on this node may be there already, when the metadata database was away for a while
            running.remove(id, runner);
        }
        return runner.overtaken() ? this::leave : this::complete;
    }

    /** The execution of one that was overtaken may belong to its successor. */
    private void leave(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        try {
            operations.remove();
        } catch (RuntimeException e) {
            LOG.atDebug().log("An execution belongs to another run: {}", e.getMessage());
        }
    }

    /** Gone for now, when the task rests; up for another node at once, when this one goes down. */
    private void complete(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        if (isRunning()) {
            operations.remove();
        } else {
            operations.reschedule(complete, clock.instant());
        }
    }

    /** Sees to it that every task that is to run has an execution, whatever happened to the last one. */
    @Scheduled(fixedDelay = 2000)
    void sweep() {
        if (isRunning()) {
            runs.toRun().forEach(this::schedule);
        }
    }

    /** A connection may be changed over any node. */
    @Scheduled(fixedDelay = 1000)
    void lookAtConnections() {
        if (!running.isEmpty()) {
            Map<String, Long> versions = connectionVersions.get();
            running.values().forEach(runner -> runner.changes().connectionsAre(versions));
        }
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void changed(TaskChanged change) {
        aside(() -> {
            TaskRunner runner = running.get(change.id());
            if (runner != null) {
                runner.changes().changed();
            } else if (isRunning()) {
                runs.toRun().stream()
                        .filter(waiting -> waiting.id().equals(change.id()))
                        .forEach(this::schedule);
            }
        });
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void changed(LimitsChanged change) {
        aside(() -> present(change.id()).ifPresent(ChangeWatch::limitsChanged));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void changed(TaskRefreshed change) {
        aside(() -> present(change.id()).ifPresent(ChangeWatch::changed));
    }

    private Optional<ChangeWatch> present(UUID id) {
        return Optional.ofNullable(running.get(id)).map(TaskRunner::changes);
    }

    /** After a commit its session is still held: who asks for a second one waits for those who do the same. */
    private static void aside(Runnable signal) {
        Thread.ofVirtual().name("leat-signal").start(() -> {
            try {
                signal.run();
            } catch (RuntimeException e) {
                LOG.atDebug().log("A signal is left to the next look: {}", e.getMessage());
            }
        });
    }

    private void schedule(TaskRuns.Waiting waiting) {
        Scheduler present = scheduler;
        if (present != null) {
            TaskInstance<Void> execution =
                    new TaskInstance<>(executions(waiting.group()), waiting.id().toString());
            present.scheduleIfNotExists(execution, clock.instant());
        }
    }

    @Override
    public void start() {
        Scheduler fresh = newScheduler();
        scheduler = fresh;
        fresh.start();
        LOG.atInfo().log("Worker started");
    }

    @Override
    public void stop() {
        Scheduler last = scheduler;
        scheduler = null;
        running.values().forEach(runner -> runner.changes().stop());
        if (last != null) {
            last.stop();
        }
        LOG.atInfo().log("Worker stopped");
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    /** Starts last and stops first: everything else has to be there while tasks run. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
