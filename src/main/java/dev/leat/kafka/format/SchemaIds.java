package dev.leat.kafka.format;

/** Gives the schemas of records the ids by which consumers find them in a registry. */
@FunctionalInterface
public interface SchemaIds {

    /**
     * The id of a schema; asked for once when an encoder is compiled, before its first record.
     *
     * @param subject the name under which the schema's versions follow each other
     * @param schema the schema as JSON
     */
    int id(String subject, String schema);
}
