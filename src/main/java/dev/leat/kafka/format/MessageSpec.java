package dev.leat.kafka.format;

import dev.leat.settings.FormatSettings;
import java.time.Clock;

/**
 * What an encoder of logical messages is made from.
 *
 * @param database the source database's name as it stands in records
 * @param topicPrefix Debezium's {@code source.name}: the task's name for the source
 * @param version Leat's version
 * @param format the format and its options
 * @param clock the time of writing
 */
public record MessageSpec(String database, String topicPrefix, String version, FormatSettings format, Clock clock) {}
