package dev.leat.task;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What Prometheus sees of the tasks' slots, as they were last seen, whether the tasks run or rest. */
@Component
class SlotMetrics {

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final MultiGauge limit;
    private final MultiGauge growth;
    private final MultiGauge full;

    SlotMetrics(MeterRegistry registry, JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.limit = gauge(registry, "limit", "How much WAL the source may keep for the task's slot", "bytes");
        this.growth = gauge(registry, "growth", "How fast that WAL grows", "bytes.per.second");
        this.full = gauge(registry, "full", "Time until the limit is reached at the present growth", "seconds");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description, String unit) {
        return MultiGauge.builder("leat.task.wal." + name)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    /** A slot, and the tags of its task. */
    private record Seen(Tags tags, SlotView slot) {}

    @Scheduled(fixedDelay = 5000)
    void refresh() {
        List<Seen> seen = jdbc
                .sql("SELECT t.id AS task_id, t.name, t.slot, " + StoredSlot.COLUMNS
                        + " FROM task t JOIN task_slot s ON s.task_id = t.id WHERE t.state <> 'RELEASED'")
                .query(SlotMetrics::read)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
        rows(limit, seen, SlotView::walLimitBytes);
        rows(growth, seen, SlotView::growthBytesPerSecond);
        rows(full, seen, this::secondsUntilFull);
    }

    private static Optional<Seen> read(ResultSet row, int number) throws SQLException {
        Tags tags = Tags.of("task", row.getString("name"), "task_id", row.getString("task_id"));
        return Optional.ofNullable(StoredSlot.read(row, row.getString("slot"))).map(slot -> new Seen(tags, slot));
    }

    private static void rows(MultiGauge gauge, List<Seen> slots, Function<SlotView, @Nullable Number> value) {
        List<Row<?>> rows = new ArrayList<>();
        for (Seen seen : slots) {
            Number number = value.apply(seen.slot());
            if (number != null) {
                rows.add(Row.of(seen.tags(), number));
            }
        }
        gauge.register(rows, true);
    }

    private @Nullable Number secondsUntilFull(SlotView slot) {
        Instant at = slot.fullAt();
        return at == null
                ? null
                : Math.max(0, Duration.between(clock.instant(), at).toSeconds());
    }
}
