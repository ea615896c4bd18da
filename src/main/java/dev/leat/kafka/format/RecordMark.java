package dev.leat.kafka.format;

/**
 * A header that says what was done to the records of a change on their way; most have none.
 *
 * @param header the header's name
 * @param value its value
 */
@SuppressWarnings("ArrayRecordComponent") // given to Kafka as it is, and changed by nobody
public record RecordMark(String header, byte[] value) {}
