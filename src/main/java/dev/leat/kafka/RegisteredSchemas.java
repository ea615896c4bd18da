package dev.leat.kafka;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.format.SchemaIds;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.KafkaEndpoint;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a run's schemas: each is asked for once, and registered if it is new. Nothing is opened before the first
 * schema. Safe for several threads.
 */
public final class RegisteredSchemas implements SchemaIds, AutoCloseable {

    private final KafkaEndpoint kafka;
    private final boolean registers;
    private final Map<Subject, Integer> ids = new HashMap<>();
    private @Nullable SchemaRegistry registry;

    /** A schema under its subject. */
    private record Subject(String name, String schema) {}

    /**
     * Ids from the registry beside a Kafka.
     *
     * @param format says with {@code auto.register.schemas} whether a schema that the registry lacks is registered, else
     *     it is refused
     */
    public RegisteredSchemas(KafkaEndpoint kafka, FormatSettings format) {
        this.kafka = kafka;
        this.registers = format.flag("auto.register.schemas", true);
    }

    @Override
    public synchronized int id(String subject, String schema) {
        Subject asked = new Subject(subject, schema);
        Integer known = ids.get(asked);
        if (known == null) {
            known = ask(asked);
            ids.put(asked, known);
        }
        return known;
    }

    private int ask(Subject subject) {
        if (registers) {
            return registry().register(subject.name, subject.schema);
        }
        return registry()
                .find(subject.name, subject.schema)
                .orElseThrow(() -> new SyncException(
                        FailureKind.REGISTRY_REFUSED,
                        "Subject " + subject.name + ": the registry does not hold the schema, and the task's"
                                + " auto.register.schemas is false.",
                        "Register the schema, or set auto.register.schemas=true.",
                        null));
    }

    private SchemaRegistry registry() {
        SchemaRegistry open = registry;
        if (open == null) {
            open = new SchemaRegistry(
                    kafka,
                    kafka.schemaRegistry()
                            .orElseThrow(() -> new SyncException(
                                    FailureKind.SETTINGS,
                                    "Kafka " + kafka.bootstrapServers()
                                            + ": the task's format needs a schema registry, and the connection has none.",
                                    "Give the connection a schemaRegistry, or choose another format.",
                                    null)));
            registry = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
