package dev.leat.precheck;

import dev.leat.settings.SourceKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a source that has a standby is set up so that the task's slot outlives a failover. */
final class HighAvailabilityCheck implements Check {

    private static final String PHYSICAL = """
            SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_type = 'physical' AND restart_lsn IS NOT NULL)
              OR EXISTS (SELECT FROM pg_stat_replication r WHERE r.state IN ('catchup', 'streaming')
                AND NOT EXISTS (SELECT FROM pg_replication_slots s WHERE s.active_pid = r.pid AND s.slot_type = 'logical'))
            """;

    private static final String SETTING = """
            SELECT name, coalesce(current_setting(name, true), '')
            FROM unnest(ARRAY['hot_standby', 'hot_standby_feedback', 'sync_replication_slots']) name
            """;

    private static final Map<String, String> WITHOUT = Map.of(
            "hot_standby", "a standby cannot be asked",
            "hot_standby_feedback", "a standby's copy of the slot can be invalidated",
            "sync_replication_slots", "a standby does not keep the slot");

    @Override
    public String name() {
        return "HA_SETTINGS";
    }

    @Override
    public String title() {
        return "Slot outlives a failover";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.plan().follows() || !context.task().source().slotCare().failover() || !hasStandby(context)) {
            return new Outcome.Passed();
        }
        String place = context.plan().source().address();
        List<Setting> settings = context.source().query(SETTING, Setting::read);
        return Outcome.of(
                settings.stream().anyMatch(setting -> setting.name.equals("sync_replication_slots") && !setting.known())
                        ? List.of(impossible(place))
                        : judge(place, settings));
    }

    private static boolean hasStandby(PrecheckContext context) {
        return context.plan().source().kind() == SourceKind.ANALYTICDB_POSTGRESQL
                ? Segments.read(context).stream().anyMatch(Segments.Segment::standby)
                : context.source().query(PHYSICAL, rows -> rows.getBoolean(1)).getFirst();
    }

    private static List<Finding> judge(String place, List<Setting> settings) {
        List<Finding> findings = new ArrayList<>();
        for (Setting setting : settings) {
            if (!setting.value.equals("on")) {
                findings.add(Finding.alert(
                        place,
                        "The source has a standby, and " + setting.name + " is off: " + WITHOUT.get(setting.name)
                                + ", and after a failover the task has to start over from the full phase.",
                        "ALTER SYSTEM SET " + setting.name + " = on; -- on every server of the pair, then "
                                + (setting.name.equals("hot_standby") ? "restart it" : "SELECT pg_reload_conf();")));
            }
        }
        return findings;
    }

    private static Finding impossible(String place) {
        return Finding.alert(
                place,
                "The source has a standby, but its version keeps slots on one server only: after a failover the task has"
                        + " to start over from the full phase.",
                "Upgrade the source to PostgreSQL 17 or later, or set \"slotCare\": {\"failover\": false} in the task's"
                        + " source to accept it.");
    }

    /** A setting of the server; its value is empty where there is none of that name. */
    private record Setting(String name, String value) {

        static Setting read(ResultSet rows) throws SQLException {
            return new Setting(rows.getString(1), rows.getString(2));
        }

        boolean known() {
            return !value.isEmpty();
        }
    }
}
