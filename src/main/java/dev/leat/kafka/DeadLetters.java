package dev.leat.kafka;

import dev.leat.change.Change;
import dev.leat.change.Lsn;
import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.kafka.format.EncodedRecord;
import dev.leat.kafka.format.EncodedRecords;
import dev.leat.kafka.format.JsonDocument;
import dev.leat.kafka.format.RecordMark;
import dev.leat.settings.PartitionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends a small record to a topic of its own in place of a change that cannot be delivered: which row it was about and
 * why, in every format a JSON object. It counts as the change's delivery. One per table; not safe for several threads.
 */
public final class DeadLetters {

    /** Header with the reason, one word. */
    public static final String ERROR_HEADER = "leat.error";

    private final Topic topic;
    private final String database;
    private final Partitioning partitioning;
    private final EncodedRecords records = new EncodedRecords();

    /**
     * The dead letters of one table.
     *
     * @param topic where they go
     * @param database name of the source database
     */
    public DeadLetters(Topic topic, String database, TableId table) {
        this.topic = topic;
        this.database = database;
        // one row's letters stay in order, whatever the task does with its records
        this.partitioning = new Partitioning(PartitionPolicy.PRIMARY_KEY, database, table);
    }

    /**
     * Sends a letter in place of a change.
     *
     * @return bytes of key and value
     * @throws dev.leat.failure.SyncException when the key alone is too large, or when sending failed, now or earlier
     */
    public long send(Change change, DeadLetter letter, KafkaSink sink, Delivery delivery) {
        records.clear();
        records.add(new EncodedRecord(letter.key(), value(change, letter), letter.key(), null, null, null));
        records.mark(new RecordMark(ERROR_HEADER, letter.reason().getBytes(StandardCharsets.UTF_8)));
        return sink.send(topic, partitioning, change, records, delivery);
    }

    /** The key columns of a change in PostgreSQL's text form, as a JSON object; null for a table without a key. */
    public static byte @Nullable [] keyOf(Change change) {
        Map<String, @Nullable String> key = key(change);
        return key.isEmpty() ? null : JsonDocument.of(key);
    }

    private byte[] value(Change change, DeadLetter letter) {
        Origin origin = change.origin();
        Map<String, @Nullable String> key = key(change);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("reason", letter.reason());
        members.put("message", letter.message());
        members.put("database", database);
        members.put("schema", change.table().id().schema());
        members.put("table", change.table().id().table());
        members.put("operation", operation(change));
        members.put("key", key.isEmpty() ? null : key);
        members.put("position", new String(RecordPosition.of(origin), StandardCharsets.US_ASCII));
        members.put("commitLsn", new Lsn(origin.commitLsn()).toString());
        members.put("lsn", new Lsn(origin.lsn()).toString());
        members.put("transactionId", Integer.toUnsignedLong(origin.transactionId()));
        members.put(
                "committedAt",
                Instant.EPOCH
                        .plus(origin.committedAtMicros(), ChronoUnit.MICROS)
                        .toString());
        members.putAll(new TreeMap<>(letter.details()));
        return JsonDocument.of(members);
    }

    private static String operation(Change change) {
        return switch (change) {
            case Change.Read ignored -> "READ";
            case Change.Insert ignored -> "INSERT";
            case Change.Update ignored -> "UPDATE";
            case Change.Delete ignored -> "DELETE";
            case Change.Truncate ignored -> "TRUNCATE";
        };
    }

    private static Map<String, @Nullable String> key(Change change) {
        return switch (change) {
            case Change.Read read -> key(change.table(), read.after(), null);
            case Change.Insert insert -> key(change.table(), insert.after(), null);
            case Change.Update update -> key(change.table(), update.after(), update.before());
            case Change.Delete delete -> key(change.table(), delete.before(), null);
            case Change.Truncate ignored -> Map.of();
        };
    }

    private static Map<String, @Nullable String> key(Table table, Row row, @Nullable Row other) {
        Map<String, @Nullable String> key = new LinkedHashMap<>();
        for (int column : table.key()) {
            Row holder = row.isUnchanged(column) && other != null ? other : row;
            key.put(table.columns().get(column).name(), holder.length(column) < 0 ? null : holder.text(column));
        }
        return key;
    }
}
