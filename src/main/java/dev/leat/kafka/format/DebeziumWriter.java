package dev.leat.kafka.format;

import dev.leat.change.Origin;
import dev.leat.change.Row;
import dev.leat.failure.SyncException;
import org.jspecify.annotations.Nullable;

/** Writes the keys and values of Debezium's records, as JSON or as Avro. */
sealed interface DebeziumWriter permits DebeziumJsonWriter, DebeziumAvroWriter {

    /** Begins the records of a change; what a failure left of the change before is forgotten. */
    void begin();

    /** Checks that a row has as many values as the shape has columns. */
    void expect(Row row);

    /** Whether an update gave the row another key. */
    boolean keyChanged(Row before, Row after);

    /** The record key; a value that the row lacks is taken from the other row. Null for a table without a key. */
    byte @Nullable [] key(Row row, @Nullable Row other);

    /** What the partition is chosen by: the key, or the columns chosen for the table. */
    byte @Nullable [] partition(byte @Nullable [] key, Row row, @Nullable Row other);

    /** The record value; what the row after lacks is taken from the row before. */
    byte[] value(Origin origin, DebeziumOperation operation, @Nullable Row before, @Nullable Row after);

    /** The value of a new row that takes what it lacks from the one it was. */
    byte[] created(Origin origin, Row after, Row former);

    /** Names of the columns whose values were not available since the last call, separated by commas. */
    byte @Nullable [] takeUnavailable();

    /** The failure that ends the work, told of the column at hand. */
    SyncException failure(UnwritableValue cause);
}
