package dev.leat.postgres.pgoutput;

import dev.leat.change.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of PostgreSQL's logical replication protocol, version 1 ("Logical Replication Message Formats" in
 * PostgreSQL's manual). Rows are views that the next decoding overwrites.
 */
public sealed interface PgOutputMessage {

    /** A transaction starts; its changes follow, then its {@link Commit}. */
    record Begin(long commitLsn, long committedAtMicros, int transactionId) implements PgOutputMessage {}

    /** A transaction is complete. */
    record Commit(long commitLsn, long endLsn, long committedAtMicros) implements PgOutputMessage {}

    /** What the rows of a table look like from here on. */
    record Relation(int oid, String schema, String table, char replicaIdentity, List<RelationColumn> columns)
            implements PgOutputMessage {}

    /** A column of a relation; {@code key} says that it is part of the replica identity. */
    record RelationColumn(String name, boolean key, int typeOid, int typeModifier) {}

    /** The name of a type that is not built in. */
    record Type(int oid, String schema, String name) implements PgOutputMessage {}

    /** The transaction was itself replicated, from elsewhere. */
    record Origin(long commitLsn, String name) implements PgOutputMessage {}

    /** A new row. */
    record Insert(int relation, Row after) implements PgOutputMessage {}

    /** A changed row, with the old row or key where the replica identity gives it. */
    record Update(int relation, @Nullable Row before, Row after) implements PgOutputMessage {}

    /** A row that is gone. */
    record Delete(int relation, Row before) implements PgOutputMessage {}

    /** Tables that were emptied. */
    record Truncate(List<Integer> relations) implements PgOutputMessage {}

    /**
     * What was given to {@code pg_logical_emit_message}.
     *
     * @param transactional whether it belongs to the transaction around it; else it stands between transactions
     * @param lsn end of its own record in the log
     */
    record Message(boolean transactional, long lsn, String prefix, byte[] content) implements PgOutputMessage {}
}
