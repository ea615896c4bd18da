package dev.leat.kafka.format;

import dev.leat.change.Table;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.UnavailableValues;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an encoder is compiled from.
 *
 * @param table the shape, with names as they stand in records
 * @param database the source database's name as it stands in records
 * @param topicPrefix Debezium's {@code source.name}: the task's name for the source
 * @param version Leat's version
 * @param format the format and its options
 * @param unavailable what stands for an unchanged large value
 * @param splitsKeyChange whether an UPDATE of the key becomes a DELETE and an INSERT in every format
 * @param partitionColumns indexes of the columns that choose the partition in place of the key; empty for the key
 * @param recordNumber the task's running number of records (Canal's {@code id})
 * @param clock the time of writing
 * @param topic the topic of the records
 * @param sourceVersion the source server's version, as it says it
 * @param schemaIds gives schemas their ids in a registry
 */
public record EncoderSpec(
        Table table,
        String database,
        String topicPrefix,
        String version,
        FormatSettings format,
        UnavailableValues unavailable,
        boolean splitsKeyChange,
        List<Integer> partitionColumns,
        AtomicLong recordNumber,
        Clock clock,
        String topic,
        String sourceVersion,
        SchemaIds schemaIds) {

    /** The same for another shape. */
    EncoderSpec with(Table other) {
        return new EncoderSpec(
                other,
                database,
                topicPrefix,
                version,
                format,
                unavailable,
                splitsKeyChange,
                partitionColumns,
                recordNumber,
                clock,
                topic,
                sourceVersion,
                schemaIds);
    }
}
