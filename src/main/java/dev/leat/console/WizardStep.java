package dev.leat.console;

import dev.leat.console.form.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The steps of the wizard, in their order, and the fields that each of them asks for. */
enum WizardStep {
    ENDS(
            "ends",
            List.of(
                    Field.text("name"),
                    Field.text("source.connection"),
                    Field.text("source.database"),
                    Field.text("destination.connection"),
                    Field.text("destination.topic")),
            List.of("name", "source", "destination.connection", "destination.topic")),
    OBJECTS(
            "objects",
            List.of(
                    Field.set("phases"),
                    Field.text("conflicts"),
                    Field.text("format.kind"),
                    Field.text("kafka.compression"),
                    Field.text("kafka.partitioning"),
                    Field.text("kafka.acks"),
                    Field.text("destination.ddlTopic"),
                    Field.whole("destination.partitions"),
                    Field.whole("destination.replicationFactor"),
                    Field.text("names"),
                    Field.set("operations")),
            List.of(
                    "phases",
                    "conflicts",
                    "format",
                    "kafka.compression",
                    "kafka.partitioning",
                    "kafka.acks",
                    "destination.ddlTopic",
                    "destination.partitions",
                    "destination.replicationFactor",
                    "names",
                    "operations",
                    "objects")),
    ADVANCED(
            "advanced",
            List.of(
                    Field.text("kafka.tooLarge"),
                    Field.text("destination.deadLetterTopic"),
                    Field.text("unavailableValues"),
                    Field.text("onTableFailure"),
                    Field.whole("retry.connectionMinutes"),
                    Field.whole("retry.otherMinutes"),
                    Field.number("throttle.full.queriesPerSecond"),
                    Field.whole("throttle.full.rowsPerSecond"),
                    Field.number("throttle.full.megabytesPerSecond"),
                    Field.whole("throttle.incremental.rowsPerSecond"),
                    Field.number("throttle.incremental.megabytesPerSecond"),
                    Field.flag("alerts.onFailure"),
                    Field.whole("alerts.delaySeconds"),
                    Field.whole("alerts.fullHours"),
                    Field.number("alerts.walGigabytes"),
                    Field.text("source.slot"),
                    Field.text("source.publication"),
                    Field.text("workerGroup"),
                    Field.text("environment"),
                    Field.text("scene")),
            List.of(
                    "kafka",
                    "destination.deadLetterTopic",
                    "destination.messageTopic",
                    "unavailableValues",
                    "onTableFailure",
                    "retry",
                    "throttle",
                    "alerts",
                    "source.slot",
                    "source.publication",
                    "workerGroup",
                    "environment",
                    "scene",
                    "resourceGroup",
                    "etl")),
    PRECHECK("precheck", List.of(), List.of()),
    START("start", List.of(Field.text("instanceClass")), List.of("instanceClass"));

    private final String path;
    private final List<Field> fields;
    private final List<String> owned;

    WizardStep(String path, List<Field> fields, List<String> owned) {
        this.path = path;
        this.fields = fields;
        this.owned = owned;
    }

    /** Last segment of its address. */
    public String path() {
        return path;
    }

    /** Its place, from 1. */
    public int number() {
        return ordinal() + 1;
    }

    List<Field> fields() {
        return fields;
    }

    static Optional<WizardStep> of(String path) {
        return Arrays.stream(values()).filter(step -> step.path.equals(path)).findFirst();
    }

    WizardStep next() {
        return values()[Math.min(ordinal() + 1, values().length - 1)];
    }

    WizardStep previous() {
        return values()[Math.max(ordinal() - 1, 0)];
    }

    /** The step at which a value is asked for; the one whose path says it most exactly. */
    static WizardStep asking(String field) {
        WizardStep found = ENDS;
        int longest = -1;
        for (WizardStep step : values()) {
            for (String path : step.owned) {
                if (path.length() > longest && isWithin(field, path)) {
                    longest = path.length();
                    found = step;
                }
            }
        }
        return found;
    }

    private static boolean isWithin(String field, String path) {
        return field.equals(path) || field.startsWith(path + ".") || field.startsWith(path + "[");
    }
}
