package dev.leat.postgres;

import dev.leat.change.Change;
import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.change.WalEvent;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.pgoutput.PgOutputDecoder;
import dev.leat.postgres.pgoutput.PgOutputMessage;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns frames of the log into events: puts rows together with their tables and transactions, and counts the changes of
 * a transaction, so that each has a position of its own. One per stream; not safe for several threads.
 */
public final class ChangeAssembler {

    private final RelationShapes shapes;
    private final Map<Integer, Table> relations = new HashMap<>();
    private final Row before = new Row();
    private final Row after = new Row();
    private PgOutputMessage.Begin transaction = new PgOutputMessage.Begin(0, 0, 0);
    private long previousCommitLsn;
    private PgOutputMessage.@Nullable Origin replicated;
    private int index;
    private int messages;
    private int transactionSize;

    /** An assembler at the start of a stream, which begins behind the transaction that ends at the given LSN. */
    public ChangeAssembler(RelationShapes shapes, Lsn start) {
        this.shapes = shapes;
        this.previousCommitLsn = start.value();
    }

    /** Hands on the events of one frame; mostly one, none for the start of a transaction. */
    public void assemble(byte[] frame, Consumer<WalEvent> events) {
        PgOutputMessage message = PgOutputDecoder.decode(frame, WalReader.HEADER_BYTES, before, after);
        switch (message) {
            case PgOutputMessage.Insert insert -> {
                Table table = table(insert.relation(), insert.after());
                events.accept(new WalEvent.Changed(new Change.Insert(table, origin(frame), insert.after())));
            }
            case PgOutputMessage.Update update -> {
                Table table = table(update.relation(), update.after());
                events.accept(
                        new WalEvent.Changed(new Change.Update(table, origin(frame), update.before(), update.after())));
            }
            case PgOutputMessage.Delete delete -> {
                Table table = table(delete.relation(), delete.before());
                events.accept(new WalEvent.Changed(new Change.Delete(table, origin(frame), delete.before())));
            }
            case PgOutputMessage.Truncate truncate -> {
                for (Table table : truncated(truncate)) {
                    events.accept(new WalEvent.Changed(new Change.Truncate(table, origin(frame))));
                }
            }
            case PgOutputMessage.Begin begin -> {
                transaction = begin;
                replicated = null;
                index = 0;
                messages = 0;
            }
            case PgOutputMessage.Commit commit -> {
                previousCommitLsn = commit.endLsn();
                events.accept(new WalEvent.Committed(commit.commitLsn(), commit.endLsn(), commit.committedAtMicros()));
            }
            case PgOutputMessage.Relation relation -> {
                Table table = shapes.shape(relation);
                relations.put(relation.oid(), table);
                events.accept(new WalEvent.Described(table, position(frame)));
            }
            case PgOutputMessage.Type ignored -> {}
            case PgOutputMessage.Origin origin -> replicated = origin;
            case PgOutputMessage.Message logical -> events.accept(event(logical, frame));
        }
    }

    /** Says how many changes the next transactions have; 0 when nobody asks. */
    public void transactionSize(int changes) {
        transactionSize = changes;
    }

    /**
     * How many changes a frame holds: mostly one. An assembler that counts must not assemble, because it runs ahead of
     * the one that does; it takes note of descriptions only.
     */
    public int count(byte[] frame) {
        return switch (frame[WalReader.HEADER_BYTES]) {
            case 'I', 'U', 'D' -> 1;
            case 'R', 'T' -> countDecoded(PgOutputDecoder.decode(frame, WalReader.HEADER_BYTES, before, after));
            default -> 0;
        };
    }

    private int countDecoded(PgOutputMessage message) {
        if (message instanceof PgOutputMessage.Relation relation) {
            relations.put(relation.oid(), shapes.shape(relation));
        }
        return message instanceof PgOutputMessage.Truncate truncate
                ? truncated(truncate).size()
                : 0;
    }

    /** Each table once, of which all partitions may be named. One of which some are keeps the rows of the others. */
    private Collection<Table> truncated(PgOutputMessage.Truncate truncate) {
        Set<Integer> relations = Set.copyOf(truncate.relations());
        Map<TableId, Table> tables = new LinkedHashMap<>();
        Map<TableId, Boolean> whole = new HashMap<>();
        for (int relation : truncate.relations()) {
            Table table = table(relation);
            if (whole.computeIfAbsent(table.id(), id -> shapes.whole(relation, relations))) {
                tables.putIfAbsent(table.id(), table);
            }
        }
        return tables.values();
    }

    /** A message is no change: those after it keep their positions, whether messages are asked for or not. */
    private WalEvent.Message event(PgOutputMessage.Message message, byte[] frame) {
        if (message.transactional()) {
            messages++;
            return new WalEvent.Message(position(frame), messages, message.prefix(), message.content());
        }
        long sentAt = WalReader.sentAtMicros(frame);
        Origin alone = new Origin(message.lsn(), message.lsn(), 0, 0, sentAt, previousCommitLsn);
        return new WalEvent.Message(alone, 0, message.prefix(), message.content());
    }

    private Origin origin(byte[] frame) {
        Origin origin = position(frame);
        index++;
        return origin;
    }

    private Origin position(byte[] frame) {
        return new Origin(
                transaction.commitLsn(),
                ByteBuffer.wrap(frame).getLong(1),
                index,
                transaction.transactionId(),
                transaction.committedAtMicros(),
                previousCommitLsn,
                transactionSize,
                replicated == null ? null : replicated.name(),
                replicated == null ? 0 : replicated.commitLsn());
    }

    private Table table(int relation, Row row) {
        Table table = table(relation);
        if (row.size() != table.columns().size()) {
            throw new SyncException(
                    FailureKind.SOURCE_PROTOCOL,
                    "Table " + table.id() + ": a row has " + row.size() + " values, its shape "
                            + table.columns().size() + ".");
        }
        return table;
    }

    private Table table(int relation) {
        Table table = relations.get(relation);
        if (table == null) {
            throw new SyncException(
                    FailureKind.SOURCE_PROTOCOL, "A change of relation " + relation + " came before its description.");
        }
        return table;
    }
}
