package dev.leat.postgres;

import dev.leat.change.Change;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.pgoutput.PgOutputDecoder;
import dev.leat.postgres.pgoutput.PgOutputMessage;
import java.util.Optional;

/** Reads changes again from frames whose table and origin are known. For one thread. */
public final class ChangeReader {

    private final Row before = new Row();
    private final Row after = new Row();

    /** The change of a frame, valid until the next one is read; empty for the description of a table. */
    public Optional<Change> read(byte[] frame, Table table, Origin origin) {
        PgOutputMessage message = PgOutputDecoder.decode(frame, WalReader.HEADER_BYTES, before, after);
        return switch (message) {
            case PgOutputMessage.Insert insert -> Optional.of(new Change.Insert(table, origin, insert.after()));
            case PgOutputMessage.Update update ->
                Optional.of(new Change.Update(table, origin, update.before(), update.after()));
            case PgOutputMessage.Delete delete -> Optional.of(new Change.Delete(table, origin, delete.before()));
            case PgOutputMessage.Truncate ignored -> Optional.of(new Change.Truncate(table, origin));
            case PgOutputMessage.Relation ignored -> Optional.empty();
            case PgOutputMessage.Begin ignored -> throw unexpected(table);
            case PgOutputMessage.Commit ignored -> throw unexpected(table);
            case PgOutputMessage.Type ignored -> throw unexpected(table);
            case PgOutputMessage.Origin ignored -> throw unexpected(table);
            case PgOutputMessage.Message ignored -> throw unexpected(table);
        };
    }

    private static SyncException unexpected(Table table) {
        return new SyncException(
                FailureKind.SOURCE_PROTOCOL, "Table " + table.id() + ": a frame holds no change of it.");
    }
}
