package dev.leat.precheck;

import dev.leat.change.TableId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether long transactions would delay the slot, which begins only after those that run have ended. */
final class LongTransactionsCheck implements Check {

    private static final String OPEN = """
            SELECT pid, coalesce(usename, ''), coalesce(datname, ''), extract(epoch FROM now() - xact_start)::bigint, query
            FROM pg_stat_activity
            WHERE backend_xid IS NOT NULL AND xact_start <= now() - make_interval(secs => ?) AND pid <> pg_backend_pid()
            ORDER BY xact_start
            """;

    private static final String PREPARED = """
            SELECT gid, owner, database, extract(epoch FROM now() - prepared)::bigint FROM pg_prepared_xacts
            WHERE prepared <= now() - make_interval(secs => ?) ORDER BY prepared
            """;

    private static final String HIDDEN = """
            SELECT pid::text FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND xact_start IS NULL
            """;

    private static final int MOMENT_SECONDS = 2;
    private static final int MAX_QUERY_LENGTH = 100;
    private static final Pattern LITERAL = Pattern.compile("['$]|(?<![\\p{Alnum}_])[0-9]|--|/\\*");

    private final Duration limit;

    /** Tells of transactions that have been open longer than a limit. */
    LongTransactionsCheck(Duration limit) {
        this.limit = limit;
    }

    @Override
    public String name() {
        return "LONG_TRANSACTIONS";
    }

    @Override
    public String title() {
        return "No transaction has been open for long";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.plan().follows()) {
            return new Outcome.Passed();
        }
        List<Finding> findings = new ArrayList<>();
        findings.addAll(context.source().query(OPEN, LongTransactionsCheck::open, limit.toSeconds()));
        findings.addAll(context.source().query(PREPARED, LongTransactionsCheck::prepared, limit.toSeconds()));
        findings.addAll(hidden(context));
        return Outcome.of(findings);
    }

    private static Finding open(ResultSet rows) throws SQLException {
        String pid = rows.getString(1);
        return Finding.alert(
                "process " + pid,
                "User " + rows.getString(2) + " has had a transaction open for " + age(rows.getLong(4))
                        + " in database " + rows.getString(3) + ": " + withoutLiterals(rows.getString(5)),
                "SELECT pg_terminate_backend(" + pid + ");");
    }

    private static Finding prepared(ResultSet rows) throws SQLException {
        return prepared(rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4));
    }

    static Finding prepared(String gid, String user, String database, long seconds) {
        return Finding.alert(
                "prepared transaction " + gid,
                "User " + user + " prepared a transaction " + age(seconds) + " ago in database " + database
                        + " and has not ended it.",
                "ROLLBACK PREPARED '" + gid.replace("'", "''")
                        + "'; -- in that database, if its owner has given it up");
    }

    /**
     * Since when other users' transactions are open is not told to everybody. Those that are still there after a moment
     * are worth a word.
     */
    private static List<Finding> hidden(PrecheckContext context) {
        Set<String> before = Set.copyOf(context.source().query(HIDDEN, rows -> rows.getString(1)));
        if (before.isEmpty()) {
            return List.of();
        }
        context.source().query("SELECT pg_sleep(" + MOMENT_SECONDS + ")", rows -> "");
        List<String> still = context.source().query(HIDDEN, rows -> rows.getString(1)).stream()
                .filter(before::contains)
                .toList();
        return still.isEmpty()
                ? List.of()
                : List.of(Finding.alert(
                        "process " + Wording.some(still),
                        "Transactions of other users have been open for more than " + MOMENT_SECONDS
                                + " s; since when, the user may not see.",
                        "GRANT pg_read_all_stats TO "
                                + TableId.quote(context.source().server().user()) + ";"));
    }

    /** The start of a query, up to its first literal, which could be anybody's data. */
    static String withoutLiterals(String query) {
        Matcher literal = LITERAL.matcher(query);
        String start = literal.find() ? query.substring(0, literal.start()) + "…" : query;
        String line = start.strip().replaceAll("\\s+", " ");
        return line.length() > MAX_QUERY_LENGTH ? line.substring(0, MAX_QUERY_LENGTH) + "…" : line;
    }

    private static String age(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }
}
