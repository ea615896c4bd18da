package dev.leat.kafka.format;

/** Writes the values of one column, which are given in PostgreSQL's text form, as JSON. */
sealed interface ValueWriter permits CanalValue, DebeziumValue {

    /** Writes a value that is not NULL. */
    void write(JsonBuffer out, byte[] text, int start, int end);
}
