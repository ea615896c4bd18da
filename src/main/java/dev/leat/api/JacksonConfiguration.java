package dev.leat.api;

import dev.leat.settings.Secret;
import dev.leat.settings.SslMode;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How REST writes the types of {@code settings} that are not plain records. */
@Configuration(proxyBeanMethods = false)
class JacksonConfiguration {

    @Bean
    JacksonModule settingsModule() {
        return EtlStepJson.addTo(new SimpleModule("leat-settings")
                .addDeserializer(String.class, new TextReader())
                .addSerializer(new SecretWriter())
                .addDeserializer(Secret.class, new SecretReader())
                .addSerializer(new SslModeWriter())
                .addDeserializer(SslMode.class, new SslModeReader()));
    }

    /** The database keeps no NUL in a text. */
    private static final class TextReader extends StringDeserializer {

        @Override
        public @Nullable String deserialize(JsonParser json, DeserializationContext context) {
            String text = super.deserialize(json, context);
            return text == null || text.indexOf('\0') < 0
                    ? text
                    : (String) context.handleWeirdStringValue(
                            String.class, text.replace("\0", "\\0"), "a text without the character NUL");
        }
    }

    /** Whatever secret comes by, only the mask goes out. */
    private static final class SecretWriter extends StdSerializer<Secret> {

        SecretWriter() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret secret, JsonGenerator json, SerializationContext context) {
            json.writeString(secret.toString());
        }
    }

    /** A secret comes in as a text. */
    private static final class SecretReader extends StdDeserializer<Secret> {

        SecretReader() {
            super(Secret.class);
        }

        @Override
        public Secret deserialize(JsonParser json, DeserializationContext context) {
            if (!json.currentToken().isScalarValue()) {
                return (Secret) context.handleUnexpectedToken(Secret.class, json);
            }
            return new Secret(String.valueOf(json.getValueAsString()));
        }
    }

    /** PostgreSQL's own spelling, such as {@code verify-full}. */
    private static final class SslModeWriter extends StdSerializer<SslMode> {

        SslModeWriter() {
            super(SslMode.class);
        }

        @Override
        public void serialize(SslMode mode, JsonGenerator json, SerializationContext context) {
            json.writeString(mode.wireName());
        }
    }

    /** PostgreSQL's own spelling or the constant's name. */
    private static final class SslModeReader extends StdDeserializer<SslMode> {

        SslModeReader() {
            super(SslMode.class);
        }

        @Override
        public SslMode deserialize(JsonParser json, DeserializationContext context) {
            String text = String.valueOf(json.getValueAsString());
            String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
            return Arrays.stream(SslMode.values())
                    .filter(mode -> mode.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> (SslMode) context.handleWeirdStringValue(
                            SslMode.class, text, "not one of disable, allow, prefer, require, verify-ca, verify-full"));
        }
    }
}
