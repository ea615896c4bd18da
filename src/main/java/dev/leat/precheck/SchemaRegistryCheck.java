package dev.leat.precheck;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.SchemaRegistry;
import dev.leat.kafka.format.RecordEncoders;
import dev.leat.settings.RegistryEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whether the schema registry answers and takes the schemas of the tables; registers nothing. */
final class SchemaRegistryCheck implements Check {

    private static final int QUESTIONS_AT_ONCE = 8;

    @Override
    public String name() {
        return "SCHEMA_REGISTRY";
    }

    @Override
    public String title() {
        return "Schema registry takes the tables' schemas";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!RecordEncoders.useRegistry(context.task().format())) {
            return new Outcome.Passed();
        }
        Optional<RegistryEndpoint> endpoint = context.plan().destination().schemaRegistry();
        return endpoint.isEmpty() ? Outcome.of(List.of(none(context))) : judge(context, endpoint.get());
    }

    private static Finding none(PrecheckContext context) {
        return Finding.error(
                "connection " + context.task().destination().connection(),
                "The format " + context.task().format().kind()
                        + " needs a schema registry, and the destination's connection has none.",
                "Give the connection a schemaRegistry, or choose another format.");
    }

    private static Outcome judge(PrecheckContext context, RegistryEndpoint endpoint) {
        try (SchemaRegistry registry = new SchemaRegistry(context.plan().destination(), endpoint)) {
            registry.compatibilityLevel();
            boolean registers = context.task().format().flag("auto.register.schemas", true);
            List<Callable<Optional<Finding>>> questions = new ArrayList<>();
            Map<String, WantedSchema> bySubject = new HashMap<>();
            for (WantedSchema schema : WantedSchema.of(context, context.source().tables())) {
                WantedSchema first = bySubject.putIfAbsent(schema.subject(), schema);
                if (first == null) {
                    questions.add(() -> judge(registry, registers, schema));
                } else if (!first.schema().equals(schema.schema())) {
                    questions.add(() -> shared(registry, schema, first));
                }
            }
            return Outcome.of(answers(questions));
        } catch (SyncException e) {
            return Outcome.of(List.of(Finding.error("registry " + endpoint.url(), e.getMessage(), e.remedy())));
        }
    }

    /** Several at a time, since ten thousand tables ask some thirty thousand questions. */
    private static List<Finding> answers(List<Callable<Optional<Finding>>> questions) {
        List<Finding> findings = new ArrayList<>();
        try (ExecutorService asking = Executors.newFixedThreadPool(
                QUESTIONS_AT_ONCE, Thread.ofVirtual().factory())) {
            for (Future<Optional<Finding>> answer : asking.invokeAll(questions)) {
                answer.get().ifPresent(findings::add);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SyncException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException(FailureKind.UNKNOWN, "Precheck: interrupted.", e);
        }
        return findings;
    }

    private static Optional<Finding> judge(SchemaRegistry registry, boolean registers, WantedSchema schema) {
        if (registry.find(schema.subject(), schema.schema()).isPresent()) {
            return Optional.empty();
        }
        if (!registers) {
            return Optional.of(missing(schema));
        }
        List<String> objections = registry.objections(schema.subject(), schema.schema());
        return objections.isEmpty() ? Optional.empty() : Optional.of(incompatible(schema, objections));
    }

    private static Optional<Finding> shared(SchemaRegistry registry, WantedSchema schema, WantedSchema first) {
        return registry.compatibilityLevel(schema.subject()).equals("NONE")
                ? Optional.empty()
                : Optional.of(shared(schema, first));
    }

    private static Finding shared(WantedSchema schema, WantedSchema rival) {
        return Finding.error(
                "subject " + schema.subject(),
                "The tables " + schema.table() + " and " + rival.table()
                        + " have different schemas and would be registered under the same subject.",
                "Give each table a topic of its own, or set the format's option value.subject.name.strategy (and"
                        + " key.subject.name.strategy) to RecordNameStrategy or TopicRecordNameStrategy.");
    }

    private static Finding missing(WantedSchema schema) {
        return Finding.error(
                "subject " + schema.subject(),
                "The registry does not hold the schema of table " + schema.table()
                        + ", and auto.register.schemas is false.",
                "Register the schema, or set auto.register.schemas=true.");
    }

    private static Finding incompatible(WantedSchema schema, List<String> objections) {
        return Finding.error(
                "subject " + schema.subject(),
                "The registry would refuse the schema of table " + schema.table() + ": " + Wording.some(objections),
                FailureKind.REGISTRY_REFUSED.remedy()
                        + " Change the subject's compatibility level, delete the subject, or choose another topic.");
    }
}
