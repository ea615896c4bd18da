package dev.leat.console;

import dev.leat.alert.AlertRule;
import dev.leat.alert.TaskAlert;
import dev.leat.settings.Phase;
import dev.leat.task.EventView;
import dev.leat.task.TableView;
import dev.leat.task.TaskView;
import dev.leat.task.TaskView.CheckpointView;
import dev.leat.task.TaskView.Failure;
import dev.leat.task.TaskView.Labels;
import dev.leat.task.TaskView.PhaseProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tasks in every state that the pages know, with figures that might be true. */
final class Samples {

    static final Instant NOW = Instant.now();

    private Samples() {}

    static TaskView draft() {
        return task("audit-trail-to-kafka", "DRAFT", null, List.of(), null, null, 0, 0);
    }

    static TaskView runningFull() {
        return task(
                "shop-to-kafka",
                "RUNNING",
                Phase.FULL,
                phases("DONE", "RUNNING", "WAITING", 63.4, 76, 12_405_887),
                null,
                null,
                41_283.4,
                12_403_221);
    }

    static TaskView runningIncremental() {
        return following("billing", "RUNNING", null, 0.0031, 1_204.0, 402_118);
    }

    static TaskView retrying() {
        var failure = new Failure(
                "SOURCE_UNREACHABLE",
                "Source crm-db (10.2.0.14:5432): the connection was refused.",
                "Check that the source is up and reachable at its host and port.",
                NOW.minusSeconds(190),
                NOW.plusSeconds(42),
                NOW.plus(Duration.ofHours(11)).plusSeconds(3000));
        return following("crm-contacts", "RETRYING", failure, 193.2, 0, 0);
    }

    static TaskView failed() {
        var failure = new Failure(
                "RECORD_TOO_LARGE",
                "Table public.orders: record of 11.2 MB exceeds the topic's 10 MB limit (row id=42).",
                "Leave the large column out of the task's objects, or raise max.message.bytes.",
                NOW.minus(Duration.ofMinutes(25)),
                null,
                null);
        return task(
                "warehouse-with-a-rather-long-name-that-somebody-thought-was-a-good-idea",
                "FAILED",
                Phase.FULL,
                phases("DONE", "RUNNING", "WAITING", 12.5, 15, 1_880_204),
                failure,
                null,
                0,
                0);
    }

    static TaskView paused() {
        return following("inventory", "PAUSED", null, 3_725, 0, 0);
    }

    static TaskView precheckFailed() {
        return FakeTasks.in("PRECHECK_FAILED", draft());
    }

    static TaskView released() {
        return FakeTasks.in("RELEASED", paused());
    }

    /** Many that run, every hundredth of them in production. */
    static List<TaskView> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> named("task-%04d".formatted(i), i % 100 == 0 ? "production" : null))
                .toList();
    }

    private static TaskView named(String name, @Nullable String environment) {
        TaskView t = following(name, "RUNNING", null, 0.0031, 1_204.0, 402_118);
        return new TaskView(
                t.id(),
                name,
                t.state(),
                t.phase(),
                t.source(),
                t.database(),
                t.destination(),
                t.format(),
                t.delaySeconds(),
                t.lagBytes(),
                t.walHeldBytes(),
                t.rowsPerSecond(),
                t.bytesPerSecond(),
                t.progress(),
                null,
                t.checkpoint(),
                t.createdAt(),
                t.version(),
                null,
                new Labels(environment, null, "default"));
    }

    static List<TaskView> all() {
        return List.of(runningFull(), runningIncremental(), retrying(), failed(), paused(), draft());
    }

    static List<TableView> tables() {
        var tables = new ArrayList<TableView>();
        tables.add(table("addresses", "FOLLOWING", 1_204_331, 100, null));
        tables.add(table("customers", "COPIED", 804_112, 100, null));
        tables.add(table("invoices_with_an_uncommonly_long_name_2024", "COPYING", 3_310_200, 41.8, null));
        tables.add(table("orders", "COPYING", 6_120_004, 78.2, null));
        tables.add(
                table(
                        "payments",
                        "SET_ASIDE",
                        12_000,
                        2.1,
                        "Table public.payments: column amount holds NaN, which the record format cannot carry (row id=12001)."));
        tables.add(table("shipments", "WAITING", 0, 0, null));
        return tables;
    }

    static List<EventView> events() {
        return List.of(
                new EventView(
                        4,
                        NOW.minusSeconds(12),
                        "WARN",
                        "TABLE_SET_ASIDE",
                        "Table public.payments was set aside: column amount holds NaN.",
                        "Correct the row, then resync the table."),
                new EventView(3, NOW.minusSeconds(300), "INFO", "PHASE_STARTED", "Phase FULL started", null),
                new EventView(
                        2,
                        NOW.minusSeconds(900),
                        "ERROR",
                        "SOURCE_UNREACHABLE",
                        "Source shop-db (10.2.0.11:5432): the connection was refused.",
                        "Check that the source is up and reachable at its host and port."),
                new EventView(
                        1, NOW.minus(Duration.ofDays(2)), "INFO", "STATE_CHANGED", "READY → RUNNING by admin.", null));
    }

    private static TaskView following(
            String name, String state, @Nullable Failure failure, double delay, double rows, double bytes) {
        var checkpoint = new CheckpointView("2A/16B37480", 3, NOW.minusSeconds(2));
        var phases = phases("DONE", "DONE", "RUNNING", 100, 120, 48_221_905);
        var base = task(name, state, Phase.INCREMENTAL, phases, failure, checkpoint, rows, bytes);
        return new TaskView(
                base.id(),
                name,
                state,
                base.phase(),
                base.source(),
                base.database(),
                base.destination(),
                base.format(),
                delay,
                18_442L,
                3_355_443_200L,
                rows,
                bytes,
                phases,
                failure,
                checkpoint,
                base.createdAt(),
                2,
                null,
                labels(name));
    }

    private static TaskView task(
            String name,
            String state,
            @Nullable Phase phase,
            List<PhaseProgress> progress,
            @Nullable Failure failure,
            @Nullable CheckpointView checkpoint,
            double rows,
            double bytes) {
        var id = UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var created = NOW.minus(Duration.ofDays(9));
        var wal = phase == null ? null : 912_680_550L;
        return new TaskView(
                id,
                name,
                state,
                phase,
                name.split("-", 2)[0] + "-db",
                "shop",
                "events",
                "CANAL_JSON",
                null,
                null,
                wal,
                rows,
                bytes,
                progress,
                failure,
                checkpoint,
                created,
                1,
                null,
                labels(name));
    }

    private static Labels labels(String name) {
        return name.equals("billing")
                ? new Labels("production", "reporting", "finance")
                : new Labels(null, null, "default");
    }

    private static List<PhaseProgress> phases(
            String schema, String full, String incremental, double percent, long done, long rows) {
        return List.of(
                new PhaseProgress(Phase.SCHEMA, schema, 120, 120, 100.0, 0, 0),
                new PhaseProgress(Phase.FULL, full, done, 120, percent, rows, rows * 301),
                new PhaseProgress(Phase.INCREMENTAL, incremental, 0, 0, null, full.equals("DONE") ? 9_120_337 : 0, 0));
    }

    private static TableView table(String name, String state, long rows, double percent, @Nullable String reason) {
        return new TableView(
                "public",
                name,
                "shop.public." + name,
                state,
                rows,
                percent > 0 ? Math.round(rows * 100 / percent) : 41_000,
                percent,
                (int) (percent / 10),
                10,
                percent == 0 ? null : "2A/16B30000",
                reason,
                reason == null ? null : "Correct the row, then resync the table.");
    }

    static List<TaskAlert> alerts() {
        return List.of(
                alert(runningIncremental(), AlertRule.DELAY),
                alert(runningIncremental(), AlertRule.WAL_HELD),
                alert(failed(), AlertRule.FAILURE));
    }

    static TaskAlert alert(TaskView task, AlertRule rule) {
        return new TaskAlert(
                rule.ordinal(),
                task.id(),
                task.name(),
                rule,
                rule.severity(),
                "Task " + task.name() + ": the destination is 12 min 40 s behind the source, more than the 5 min that"
                        + " alerts.delaySeconds allows.",
                "Look at the charts of the task: few rows/s speak for a limit, a slow broker or a slow network. Raise the"
                        + " task's throttle or instance class, or help the end that is slow.",
                task.createdAt(),
                null);
    }
}
