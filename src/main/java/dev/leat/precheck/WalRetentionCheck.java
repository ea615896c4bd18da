package dev.leat.precheck;

import dev.leat.settings.RetrySettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether the source can keep what it writes while a task is in trouble, neither dropping it nor filling its disk. */
final class WalRetentionCheck implements Check {

    private static final long WORTH_A_WORD_BYTES = 1_000_000_000;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private static final String LIMIT = """
            SELECT coalesce(pg_size_bytes(current_setting('max_slot_wal_keep_size', true)), -1),
                   current_setting('max_slot_wal_keep_size', true) IS NOT NULL,
                   to_regclass('pg_catalog.pg_stat_wal') IS NOT NULL
            """;

    private static final String RATE = """
            SELECT wal_bytes::float8, extract(epoch FROM clock_timestamp() - stats_reset)::float8 FROM pg_stat_wal
            """;

    private static final String IDLE = """
            SELECT slot_name, pg_wal_lsn_diff(
                CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
                restart_lsn)::float8
            FROM pg_replication_slots
            WHERE NOT active AND restart_lsn IS NOT NULL AND slot_name <> ?
            """;

    private final Duration leastHistory;
    private final double idleBytes;

    /** Judges by the average of at least an hour. */
    WalRetentionCheck() {
        this(Duration.ofHours(1), WORTH_A_WORD_BYTES);
    }

    /** Judges by the average of at least so long, and minds idle slots that hold so much. */
    WalRetentionCheck(Duration leastHistory, double idleBytes) {
        this.leastHistory = leastHistory;
        this.idleBytes = idleBytes;
    }

    @Override
    public String name() {
        return "WAL_RETENTION";
    }

    @Override
    public String title() {
        return "Source can keep its log for as long as the task may be in trouble";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.plan().follows()) {
            return new Outcome.Passed();
        }
        Limit limit = context.source().query(LIMIT, Limit::read).getFirst();
        List<Finding> findings = new ArrayList<>(idle(context));
        if (limit.measured()) {
            Rate rate = context.source().query(RATE, Rate::read).getFirst();
            judge(context, limit, rate).ifPresent(findings::add);
        }
        return findings.isEmpty() && !limit.known()
                ? new Outcome.Passed("This version of the source has no limit of its own for what slots hold; Leat"
                        + " watches it, and tells before the budget is used up.")
                : Outcome.of(findings);
    }

    /** Slots that nobody reads from hold WAL already. */
    private List<Finding> idle(PrecheckContext context) {
        List<Finding> findings = new ArrayList<>();
        String own = Objects.requireNonNullElse(context.task().source().slot(), "");
        context.source().query(IDLE, rows -> new Idle(rows.getString(1), rows.getDouble(2)), own).stream()
                .filter(slot -> slot.bytes >= idleBytes)
                .forEach(slot -> findings.add(Finding.alert(
                        "slot " + slot.name,
                        "Nobody reads from the slot, and the source holds " + Wording.bytes(slot.bytes)
                                + " of WAL for it; more with every change.",
                        "SELECT pg_drop_replication_slot('" + slot.name + "'); -- if nobody needs it any more")));
        return findings;
    }

    private Optional<Finding> judge(PrecheckContext context, Limit limit, Rate rate) {
        RetrySettings retry = context.task().retry();
        double expected = rate.bytesPerSecond() * retry.connection().toSeconds();
        long budget = limit.bytes >= 0
                ? limit.bytes
                : context.task().source().slotCare().walBudgetBytes();
        if (rate.seconds < leastHistory.toSeconds() || expected <= budget) {
            return Optional.empty();
        }
        String forecast = "The source writes " + Wording.bytes(rate.bytesPerSecond() * 60)
                + " of WAL a minute on the average; in the retry window of " + retry.connectionMinutes()
                + " min that is " + Wording.bytes(expected) + ", ";
        return Optional.of(
                limit.bytes >= 0
                        ? dropped(context, forecast, limit.bytes, expected)
                        : filled(context, forecast, budget, expected));
    }

    private static Finding dropped(PrecheckContext context, String forecast, long limit, double expected) {
        return Finding.alert(
                context.plan().source().address(),
                forecast + "and it drops what slots hold above " + Wording.bytes(limit)
                        + " (max_slot_wal_keep_size): after a trouble that long the task has to start over.",
                "ALTER SYSTEM SET max_slot_wal_keep_size = '" + (long) Math.ceil(expected / BYTES_PER_MEBIBYTE)
                        + "MB'; -- if the disk has room for it\nSELECT pg_reload_conf();");
    }

    private static Finding filled(PrecheckContext context, String forecast, long budget, double expected) {
        return Finding.alert(
                context.plan().source().address(),
                forecast + "more than the task's budget of " + Wording.bytes(budget)
                        + "; the source sets no limit (max_slot_wal_keep_size), so its disk may fill.",
                "See to it that the disk has room, and set \"slotCare\": {\"walBudgetGigabytes\": "
                        + (long) Math.ceil(expected / 1e9)
                        + "} in the task's source, or shorten \"retry\": {\"connectionMinutes\": …}.");
    }

    /**
     * What the server allows slots to hold.
     *
     * @param bytes how much; negative without a limit
     * @param known whether the server knows such a limit at all (13)
     * @param measured whether it counts what it writes (14)
     */
    private record Limit(long bytes, boolean known, boolean measured) {

        static Limit read(ResultSet rows) throws SQLException {
            return new Limit(rows.getLong(1), rows.getBoolean(2), rows.getBoolean(3));
        }
    }

    /** What the server has written, and in how long. */
    private record Rate(double bytes, double seconds) {

        static Rate read(ResultSet rows) throws SQLException {
            return new Rate(rows.getDouble(1), rows.getDouble(2));
        }

        double bytesPerSecond() {
            return seconds > 0 ? bytes / seconds : 0;
        }
    }

    /** A slot that nobody reads from, and what it holds. */
    private record Idle(String name, double bytes) {}
}
