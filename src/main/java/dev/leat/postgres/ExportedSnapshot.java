package dev.leat.postgres;

import dev.leat.change.Lsn;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A consistent view of the source that other sessions can take over, alive as long as the session that exported it.
 *
 * @param name its name for {@code SET TRANSACTION SNAPSHOT}
 * @param consistentPoint transactions with a commit LSN below are in it, those from there on are not
 * @param owner the session that keeps it alive
 */
public record ExportedSnapshot(String name, Lsn consistentPoint, Connection owner) implements AutoCloseable {

    /** Lets go of the view. */
    @Override
    public void close() {
        try {
            owner.close();
        } catch (SQLException e) {
            throw PostgresFailures.of("Snapshot " + name, e);
        }
    }
}
