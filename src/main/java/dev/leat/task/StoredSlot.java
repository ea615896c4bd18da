package dev.leat.task;

import dev.leat.change.Lsn;
import dev.leat.sync.SlotHealth;
import dev.leat.sync.WalLimit;
import dev.leat.sync.WalTrend;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A slot as the last look at it was stored. */
final class StoredSlot {

    /** Of {@code task_slot s}. */
    static final String COLUMNS = "s.seen_at AS slot_seen_at, s.lost, s.failover, s.restart_lsn::text,"
            + " s.confirmed_lsn::text, s.held_bytes, s.growth, s.limit_bytes, s.limit_setting";

    private StoredSlot() {}

    static @Nullable SlotView read(ResultSet row, String slot) throws SQLException {
        OffsetDateTime seen = row.getObject("slot_seen_at", OffsetDateTime.class);
        if (seen == null) {
            return null;
        }
        return SlotView.of(new SlotHealth(
                slot,
                row.getBoolean("lost"),
                row.getBoolean("failover"),
                Lsn.parse(row.getString("restart_lsn")),
                Lsn.parse(row.getString("confirmed_lsn")),
                new WalTrend(seen.toInstant(), row.getLong("held_bytes"), row.getDouble("growth")),
                new WalLimit(row.getLong("limit_bytes"), row.getString("limit_setting"))));
    }
}
