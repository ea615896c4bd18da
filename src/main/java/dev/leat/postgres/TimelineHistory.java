package dev.leat.postgres;

import dev.leat.change.Lsn;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The timelines that a server's present one comes from, and where each of them ended: at a promotion the log forks, and
 * what the former primary wrote beyond that point is not in it. Read from the history file ("Timelines" in PostgreSQL's
 * manual): a line for each ancestor, with its number, its end and a reason.
 */
public final class TimelineHistory {

    private final Map<Integer, Lsn> ends = new HashMap<>();

    TimelineHistory(String file) {
        file.lines()
                .map(line -> line.strip().split("\\s+", 3))
                .filter(words -> words.length > 1 && words[0].matches("\\d+"))
                .forEach(words -> ends.put(Integer.parseInt(words[0]), Lsn.parse(words[1])));
    }

    /** Asks the source for the history of a timeline; the first one has none. */
    public static TimelineHistory of(PostgresSource source, int timeline) {
        if (timeline < 2) {
            return new TimelineHistory("");
        }
        try (Connection session = source.replicationSession();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
            rows.next();
            return new TimelineHistory(new String(rows.getBytes(2), StandardCharsets.UTF_8));
        } catch (SQLException e) {
            throw PostgresFailures.of("Source " + source + ", history of timeline " + timeline, e);
        }
    }

    /** Where an ancestor ended; empty when the present timeline does not come from it. */
    public Optional<Lsn> endOf(int timeline) {
        return Optional.ofNullable(ends.get(timeline));
    }
}
