package dev.leat.task;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/** Passes over settings that this version does not know, as long as they ask for nothing. */
final class UnknownSettings extends DeserializationProblemHandler {

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            @Nullable ValueDeserializer<?> reader,
            Object owner,
            String name) {
        return asksForNothing(context.readTree(parser));
    }

    private static boolean asksForNothing(JsonNode value) {
        return value.isNull() || value.isContainer() && value.isEmpty() || value.isBoolean() && !value.booleanValue();
    }
}
