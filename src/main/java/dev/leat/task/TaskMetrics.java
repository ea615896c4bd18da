package dev.leat.task;

import dev.leat.settings.Phase;
import dev.leat.sync.TableProgress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** What Prometheus sees of each task. A released task's meters are gone within a second. */
@Component
class TaskMetrics {

    private final MeterRegistry registry;
    private final TaskGauges gauges;
    private final LiveRuns runs;
    private final MultiGauge state;
    private final MultiGauge phase;
    private final MultiGauge delay;
    private final MultiGauge lag;
    private final MultiGauge walHeld;
    private final MultiGauge setAside;
    private final MultiGauge walLimit;
    private final MultiGauge walGrowth;
    private final MultiGauge walFull;
    private final InstantSource clock;
    private final Map<UUID, List<Meter>> counters = new ConcurrentHashMap<>();

    TaskMetrics(MeterRegistry registry, TaskGauges gauges, LiveRuns runs, Clock clock) {
        this.registry = registry;
        this.gauges = gauges;
        this.runs = runs;
        this.clock = clock;
        this.state = gauge("leat.task.state", "1 for the state that the task is in", null);
        this.phase = gauge("leat.task.phase", "1 for the phase that the task is in", null);
        this.delay = gauge("leat.task.delay", "Age of the oldest change that is not delivered", "seconds");
        this.lag = gauge("leat.task.lag", "Source's WAL end less the confirmed position", "bytes");
        this.walHeld = gauge("leat.task.wal.held", "WAL that the source keeps because of the task's slot", "bytes");
        this.setAside = gauge("leat.task.tables.set.aside", "Tables that failed and are left out", null);
        this.walLimit = gauge("leat.task.wal.limit", "How much WAL the source may keep for the task's slot", "bytes");
        this.walGrowth = gauge("leat.task.wal.growth", "How fast that WAL grows", "bytes.per.second");
        this.walFull = gauge("leat.task.wal.full", "Time until the limit is reached at the present growth", "seconds");
    }

    private MultiGauge gauge(String name, String description, @Nullable String unit) {
        return MultiGauge.builder(name).description(description).baseUnit(unit).register(registry);
    }

    /** Brings the gauges up to date; counters count by themselves. */
    @Scheduled(fixedDelay = 1000)
    void refresh() {
        List<TaskGauge> views = gauges.list();
        rows(state, views, task -> 1, task -> Tags.of("state", task.state()));
        rows(
                phase,
                views,
                task -> task.phase() == null ? null : 1,
                task -> Tags.of("phase", String.valueOf(task.phase())));
        rows(delay, views, TaskGauge::delaySeconds, task -> Tags.empty());
        rows(lag, views, TaskGauge::lagBytes, task -> Tags.empty());
        rows(walHeld, views, TaskGauge::walHeldBytes, task -> Tags.empty());
        rows(setAside, views, this::setAside, task -> Tags.empty());
        slots(walLimit, views, SlotView::walLimitBytes);
        slots(walGrowth, views, SlotView::growthBytesPerSecond);
        slots(walFull, views, this::secondsUntilFull);
        count(views);
    }

    private void count(List<TaskGauge> views) {
        Set<UUID> gone = new HashSet<>(counters.keySet());
        views.forEach(task -> {
            gone.remove(task.id());
            counters.computeIfAbsent(task.id(), id -> count(task));
        });
        gone.forEach(this::forget);
    }

    private @Nullable Number setAside(TaskGauge task) {
        return runs.of(task.id())
                .map(run -> run.status().tables().values().stream()
                        .filter(table -> table.state() == TableProgress.State.SET_ASIDE)
                        .count())
                .orElse(null);
    }

    private static void slots(MultiGauge gauge, List<TaskGauge> views, Function<SlotView, @Nullable Number> value) {
        rows(gauge, views, task -> Optional.ofNullable(task.slot()).map(value).orElse(null), task -> Tags.empty());
    }

    private @Nullable Number secondsUntilFull(SlotView slot) {
        Instant full = slot.fullAt();
        return full == null
                ? null
                : Math.max(0, Duration.between(clock.instant(), full).toSeconds());
    }

    private static void rows(
            MultiGauge gauge,
            List<TaskGauge> views,
            Function<TaskGauge, @Nullable Number> value,
            Function<TaskGauge, Tags> tags) {
        List<Row<?>> rows = new ArrayList<>();
        for (TaskGauge view : views) {
            Number number = value.apply(view);
            if (number != null) {
                rows.add(Row.of(tags(view).and(tags.apply(view)), number));
            }
        }
        gauge.register(rows, true);
    }

    private static Tags tags(TaskGauge task) {
        return Tags.of("task", task.name(), "task_id", task.id().toString());
    }

    private List<Meter> count(TaskGauge task) {
        LiveRuns.Totals totals = runs.totals(task.id());
        List<Meter> meters = new ArrayList<>();
        for (Phase of : List.of(Phase.FULL, Phase.INCREMENTAL)) {
            Tags tags = tags(task).and("phase", of.name());
            meters.add(FunctionCounter.builder("leat.task.rows", totals, t -> t.rows(of))
                    .description("Rows or changes given to Kafka")
                    .tags(tags)
                    .register(registry));
            meters.add(FunctionCounter.builder("leat.task.bytes", totals, t -> t.bytes(of))
                    .description("Bytes of keys and values given to Kafka, before compression")
                    .baseUnit("bytes")
                    .tags(tags)
                    .register(registry));
        }
        meters.add(FunctionCounter.builder("leat.task.retries", totals, LiveRuns.Totals::retries)
                .description("Attempts after a failure")
                .tags(tags(task))
                .register(registry));
        meters.add(FunctionCounter.builder("leat.task.dead.letter.records", totals, LiveRuns.Totals::deadLetters)
                .description("Changes in whose place a dead letter was sent")
                .tags(tags(task))
                .register(registry));
        meters.add(FunctionCounter.builder("leat.task.shortened.records", totals, LiveRuns.Totals::shortenedRecords)
                .description("Changes whose records were cut, or reduced to their key, because they were too large")
                .tags(tags(task))
                .register(registry));
        return meters;
    }

    /** Holds no lock: whoever changes a state may hold a session that the gauges wait for. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void changed(TaskChanged change) {
        registry.counter(
                        "leat.task.transitions",
                        "from",
                        change.from().label(),
                        "to",
                        change.to().label())
                .increment();
        if (change.to() instanceof TaskState.Retrying) {
            runs.totals(change.id()).retry();
        }
    }

    private void forget(UUID task) {
        List<Meter> meters = counters.remove(task);
        if (meters != null) {
            meters.forEach(registry::remove);
        }
        runs.forget(task);
    }
}
