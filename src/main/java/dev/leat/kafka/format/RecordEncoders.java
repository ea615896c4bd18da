package dev.leat.kafka.format;

import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;

/** Compiles the encoder of a table's shape for the task's format. */
public final class RecordEncoders {

    private RecordEncoders() {}

    /** Whether a format's records carry ids of a schema registry. */
    public static boolean useRegistry(FormatSettings format) {
        return switch (format.kind()) {
            case AVRO -> true;
            case DTS_AVRO -> DtsSchema.isRegistered(format);
            case CANAL_JSON, DEBEZIUM_JSON, SHAREPLEX_JSON -> false;
        };
    }

    /** Whether a format's records tell how many changes their transaction has. */
    public static boolean needTransactionSize(FormatSettings format) {
        return format.kind() == FormatKind.SHAREPLEX_JSON;
    }

    /** The encoder for a shape. */
    public static RecordEncoder compile(EncoderSpec spec) {
        return switch (spec.format().kind()) {
            case CANAL_JSON -> new CanalJsonEncoder(spec);
            case DEBEZIUM_JSON -> DebeziumEncoder.json(spec);
            case AVRO -> DebeziumEncoder.avro(spec);
            case SHAREPLEX_JSON -> new SharePlexJsonEncoder(spec);
            case DTS_AVRO -> new DtsAvroEncoder(spec);
        };
    }
}
