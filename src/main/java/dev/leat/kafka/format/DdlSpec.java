package dev.leat.kafka.format;

import dev.leat.settings.FormatSettings;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an encoder of DDL records is made from.
 *
 * @param database the source database's name as it stands in records
 * @param topicPrefix Debezium's {@code source.name}: the task's name for the source
 * @param version Leat's version
 * @param format the format and its options
 * @param recordNumber the task's running number of records (Canal's {@code id})
 * @param clock the time of writing
 */
public record DdlSpec(
        String database,
        String topicPrefix,
        String version,
        FormatSettings format,
        AtomicLong recordNumber,
        Clock clock) {}
