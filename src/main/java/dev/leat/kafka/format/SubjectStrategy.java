package dev.leat.kafka.format;

import dev.leat.settings.FormatSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Under which subject a schema is registered; the names are those of Confluent's serializers. */
enum SubjectStrategy {
    TopicNameStrategy,
    RecordNameStrategy,
    TopicRecordNameStrategy;

    private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

    /** A strategy for keys or for values. */
    record Of(SubjectStrategy strategy, String suffix) {

        /** Registers a schema and gives what stands before each of its records: a zero and the schema's id. */
        byte[] head(EncoderSpec spec, Schema schema) {
            Choice.flag(spec.format(), "auto.register.schemas", true);
            int id = spec.schemaIds().id(subject(spec.topic(), schema), schema.toString());
            return new byte[] {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id};
        }

        private String subject(String topic, Schema schema) {
            return switch (strategy) {
                case TopicNameStrategy -> topic + suffix;
                case RecordNameStrategy -> schema.getFullName();
                case TopicRecordNameStrategy -> topic + "-" + schema.getFullName();
            };
        }
    }

    /** What the task chose for record keys. */
    static Of key(EncoderSpec spec) {
        return new Of(chosen(spec.format(), "key.subject.name.strategy"), "-key");
    }

    /** What the task chose for record values. */
    static Of value(EncoderSpec spec) {
        return new Of(chosen(spec.format(), "value.subject.name.strategy"), "-value");
    }

    /** The name may stand behind its package, as in the settings of Confluent's serializers. */
    private static SubjectStrategy chosen(FormatSettings format, String option) {
        Map<String, String> options = new HashMap<>(format.options());
        options.computeIfPresent(
                option, (name, value) -> value.startsWith(PACKAGE) ? value.substring(PACKAGE.length()) : value);
        return valueOf(Choice.of(
                new FormatSettings(format.kind(), options),
                option,
                TopicNameStrategy.name(),
                RecordNameStrategy.name(),
                TopicRecordNameStrategy.name()));
    }
}
