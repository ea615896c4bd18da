package dev.leat.api;

import dev.leat.settings.EtlStep;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** ETL steps as JSON: a step is told by its field, such as {@code {"dropIf": "…"}}. */
final class EtlStepJson {

    /** The step by the field that only it has. */
    private static final Map<String, Class<? extends EtlStep>> BY_FIELD = byField();

    private EtlStepJson() {}

    private static Map<String, Class<? extends EtlStep>> byField() {
        Map<String, Class<? extends EtlStep>> byField = new LinkedHashMap<>();
        byField.put("set", EtlStep.Set.class);
        byField.put("dropIf", EtlStep.DropIf.class);
        byField.put("keepIf", EtlStep.KeepIf.class);
        byField.put("rename", EtlStep.Rename.class);
        byField.put("remove", EtlStep.Remove.class);
        byField.put("mask", EtlStep.Mask.class);
        byField.put("script", EtlStep.Script.class);
        return byField;
    }

    static SimpleModule addTo(SimpleModule module) {
        return module.addDeserializer(EtlStep.class, new Reader()).addSerializer(new MaskWriter());
    }

    /** For the description of the API. */
    static Schema<?> schema() {
        Schema<?> schema = new ObjectSchema()
                .description(
                        "One step, told by its field: set (with to), dropIf, keepIf, rename (with to), remove, mask"
                                + " (with keepFirst, keepLast, with; or with hash, salt), or script (a DTS script)")
                .example(Map.of("set", "total", "to", "double(qty) * price"));
        BY_FIELD.keySet().forEach(field -> schema.addProperty(field, new StringSchema()));
        for (String field : List.of("to", "with", "hash", "salt")) {
            schema.addProperty(field, new StringSchema());
        }
        schema.addProperty("keepFirst", new IntegerSchema());
        schema.addProperty("keepLast", new IntegerSchema());
        return schema;
    }

    /** Looks for the field that tells the step. */
    private static final class Reader extends StdDeserializer<EtlStep> {

        Reader() {
            super(EtlStep.class);
        }

        @Override
        public EtlStep deserialize(JsonParser json, DeserializationContext context) {
            JsonNode step = context.readTree(json);
            for (Map.Entry<String, Class<? extends EtlStep>> entry : BY_FIELD.entrySet()) {
                if (step.has(entry.getKey())) {
                    return context.readTreeAsValue(step, entry.getValue());
                }
            }
            if (step.isObject() && !step.isEmpty()) {
                String field = step.propertyNames().iterator().next();
                throw UnrecognizedPropertyException.from(
                        json, EtlStep.class, field, new ArrayList<>(BY_FIELD.keySet()));
            }
            return (EtlStep) context.reportInputMismatch(EtlStep.class, "no step");
        }
    }

    /** Leaves out what the user did not say. */
    private static final class MaskWriter extends StdSerializer<EtlStep.Mask> {

        MaskWriter() {
            super(EtlStep.Mask.class);
        }

        @Override
        public void serialize(EtlStep.Mask mask, JsonGenerator json, SerializationContext context) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("mask", mask.mask());
            put(fields, "keepFirst", mask.keepFirst());
            put(fields, "keepLast", mask.keepLast());
            put(fields, "with", mask.with());
            put(fields, "hash", mask.hash());
            put(fields, "salt", mask.salt());
            json.writePOJO(fields);
        }

        private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
            if (value != null) {
                fields.put(name, value);
            }
        }
    }
}
