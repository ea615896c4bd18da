package dev.leat.kafka.format;

import dev.leat.change.WalEvent;

/** Turns logical messages into records of one format. */
public interface MessageEncoder {

    /** Key and value of a message's record. */
    EncodedRecord encode(WalEvent.Message message);

    /** The encoder of a task's format; the formats that know no messages write them as plain JSON. */
    static MessageEncoder of(MessageSpec spec) {
        return switch (spec.format().kind()) {
            case DEBEZIUM_JSON -> new DebeziumMessageEncoder(spec);
            case CANAL_JSON, SHAREPLEX_JSON, DTS_AVRO, AVRO -> new PlainMessageEncoder();
        };
    }
}
