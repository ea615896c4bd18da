package dev.leat.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.stereotype.Component;

/** What Prometheus sees of alerts. */
@Component
class AlertMetrics {

    private final MeterRegistry registry;
    private final MultiGauge open;

    AlertMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.open = MultiGauge.builder("leat.task.alerts.open")
                .description("1 for each open alert of a task")
                .register(registry);
        for (AlertRule rule : AlertRule.values()) {
            registry.counter("leat.task.alerts.opened", "rule", rule.name());
        }
    }

    void show(List<TaskAlert> alerts) {
        open.register(alerts.stream().<Row<?>>map(AlertMetrics::row).toList(), true);
    }

    private static Row<?> row(TaskAlert alert) {
        Tags tags = Tags.of("task", alert.task(), "task_id", alert.taskId().toString());
        return Row.of(tags.and("rule", alert.rule().name()), 1);
    }

    /** Counts an alert that this node has opened. */
    void opened(AlertRule rule) {
        registry.counter("leat.task.alerts.opened", "rule", rule.name()).increment();
    }
}
