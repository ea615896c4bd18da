package dev.leat.postgres;

import dev.leat.change.TableId;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One row of the catalog's list of tables. */
record RelationRow(
        int oid,
        TableId id,
        boolean partitioned,
        char replicaIdentity,
        char persistence,
        long estimatedRows,
        long blocks) {

    static RelationRow read(ResultSet rows) throws SQLException {
        return new RelationRow(
                (int) rows.getLong(1),
                new TableId(rows.getString(2), rows.getString(3)),
                rows.getBoolean(4),
                rows.getString(5).charAt(0),
                rows.getString(6).charAt(0),
                rows.getLong(7),
                rows.getLong(8));
    }
}
