package dev.leat.kafka.format;

/** Makes the encoder of DDL records for the task's format. */
public final class DdlEncoders {

    private DdlEncoders() {}

    /** The encoder. */
    public static DdlEncoder of(DdlSpec spec) {
        return switch (spec.format().kind()) {
            case CANAL_JSON -> new CanalDdlEncoder(spec);
            case DEBEZIUM_JSON, SHAREPLEX_JSON, DTS_AVRO, AVRO -> new SchemaChangeEncoder(spec);
        };
    }
}
