package dev.leat.precheck;

import dev.leat.failure.SyncException;
import dev.leat.postgres.PostgresFailures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Whether the source's clock and ours agree: the delay of a task is the difference of the two. */
final class ClockSkewCheck implements Check {

    private static final int ATTEMPTS = 3;
    private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private final Clock clock;
    private final Duration limit;

    /** Tells of clocks that differ by more than a limit. */
    ClockSkewCheck(Clock clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * A look at the source's clock.
     *
     * @param ahead how far it is ahead of ours
     * @param took how long the answer took, which is as far as the former can be wrong
     */
    private record Look(Duration ahead, Duration took) {}

    @Override
    public String name() {
        return "CLOCK_SKEW";
    }

    @Override
    public String title() {
        return "Clocks of source and Leat agree";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        Look look = quickest(context);
        return look.ahead().abs().minus(look.took()).compareTo(limit) <= 0
                ? new Outcome.Passed()
                : Outcome.of(List.of(finding(context.plan().source().address(), look.ahead())));
    }

    private Look quickest(PrecheckContext context) {
        try (Connection session = context.source().connected().session();
                Statement statement = session.createStatement()) {
            Look best = look(statement);
            for (int i = 1; i < ATTEMPTS; i++) {
                Look next = look(statement);
                best = next.took().compareTo(best.took()) < 0 ? next : best;
            }
            return best;
        } catch (SQLException e) {
            throw PostgresFailures.of("Source " + context.plan().source().address(), e);
        }
    }

    private Look look(Statement statement) throws SQLException, SyncException {
        long before = clock.millis();
        try (ResultSet rows = statement.executeQuery(NOW)) {
            rows.next();
            long after = clock.millis();
            long ours = before + (after - before) / 2;
            return new Look(Duration.ofMillis(rows.getLong(1) - ours), Duration.ofMillis(after - before));
        }
    }

    private static Finding finding(String place, Duration ahead) {
        long seconds = ahead.abs().toSeconds();
        return Finding.alert(
                place,
                "The source's clock is " + seconds + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                        + " that of Leat: the delay that is shown, and alerts on it, are wrong by as much.",
                "timedatectl set-ntp true # on both machines");
    }
}
