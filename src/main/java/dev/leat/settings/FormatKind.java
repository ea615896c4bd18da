package dev.leat.settings;

/** The record formats. */
public enum FormatKind {
    CANAL_JSON,
    DEBEZIUM_JSON,
    SHAREPLEX_JSON,
    DTS_AVRO,
    AVRO
}
