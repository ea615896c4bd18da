package dev.leat.kafka.format;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;

/** Compiles the encoder of a table's shape for the task's format. */
public final class RecordEncoders {

    private RecordEncoders() {}

    /** The encoder for a shape. */
    public static RecordEncoder compile(EncoderSpec spec) {
        return switch (spec.format().kind()) {
            case CANAL_JSON -> new CanalJsonEncoder(spec);
            case DEBEZIUM_JSON -> new DebeziumJsonEncoder(spec);
            case SHAREPLEX_JSON, DTS_AVRO, AVRO ->
                throw new SyncException(
                        FailureKind.SETTINGS,
                        "Format " + spec.format().kind()
                                + ": not available in this version. Use CANAL_JSON or DEBEZIUM_JSON.");
        };
    }
}
