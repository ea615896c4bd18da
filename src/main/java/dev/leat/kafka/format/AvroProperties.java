package dev.leat.kafka.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The properties by which Confluent's Avro converter keeps what Avro has no word for. */
final class AvroProperties {

    /** Connect's own types that Avro knows too. */
    private static final Map<String, String> LOGICAL_TYPES = Map.of(
            "org.apache.kafka.connect.data.Date", "date",
            "org.apache.kafka.connect.data.Time", "time-millis",
            "org.apache.kafka.connect.data.Timestamp", "timestamp-millis");

    private AvroProperties() {}

    /** Adds what a schema in Connect's JSON says beyond its type. */
    static void describe(Schema schema, JsonNode connect) {
        if (connect.path("type").asText().equals("int16")) {
            schema.addProp("connect.type", "int16");
        }
        copy(schema, connect, "doc");
        if (connect.has("version")) {
            schema.addProp("connect.version", connect.path("version").asInt());
        }
        if (connect.has("parameters")) {
            schema.addProp("connect.parameters", parameters(connect));
        }
        copy(schema, connect, "default");
        copy(schema, connect, "name");
        String logical = LOGICAL_TYPES.get(connect.path("name").asText());
        if (logical != null) {
            schema.addProp("logicalType", logical);
        }
    }

    /** Adds what makes bytes Avro's decimal; a scale that Avro does not know is left to Connect's readers. */
    static void decimal(Schema schema, JsonNode connect, int otherwise) {
        JsonNode parameters = connect.path("parameters");
        int scale = parameters.path("scale").asInt();
        int precision = parameters.path("connect.decimal.precision").asInt(otherwise);
        if (scale < 0 || scale > precision) {
            return;
        }
        schema.addProp("scale", scale);
        schema.addProp("precision", precision);
        schema.addProp("logicalType", "decimal");
    }

    private static Map<String, String> parameters(JsonNode connect) {
        Map<String, String> parameters = new TreeMap<>();
        connect.path("parameters")
                .properties()
                .forEach(parameter ->
                        parameters.put(parameter.getKey(), parameter.getValue().asText()));
        return parameters;
    }

    private static void copy(Schema schema, JsonNode connect, String property) {
        if (connect.has(property)) {
            schema.addProp("connect." + property, connect.path(property).asText());
        }
    }
}
