package dev.leat.settings;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user chose for a task. This is also the shape of a task's definition over REST and in the metadata database;
 * everything but source, destination and objects has a default.
 */
public record TaskSettings(
        @Nullable String name,
        TaskSource source,
        TaskDestination destination,
        Set<Phase> phases,
        Conflicts conflicts,
        FormatSettings format,
        KafkaSettings kafka,
        NameCase names,
        ObjectSelection objects,
        Set<Operation> operations,
        List<TableEtl> etl,
        UnavailableValues unavailableValues,
        OnTableFailure onTableFailure,
        RetrySettings retry,
        ThrottleSettings throttle,
        AlertSettings alerts,
        String workerGroup,
        String instanceClass,
        @Nullable String environment,
        @Nullable String scene,
        String resourceGroup) {

    /** Fills in the defaults. */
    public TaskSettings(
            @Nullable String name,
            @Nullable TaskSource source,
            @Nullable TaskDestination destination,
            @Nullable Set<Phase> phases,
            @Nullable Conflicts conflicts,
            @Nullable FormatSettings format,
            @Nullable KafkaSettings kafka,
            @Nullable NameCase names,
            @Nullable ObjectSelection objects,
            @Nullable Set<Operation> operations,
            @Nullable List<TableEtl> etl,
            @Nullable UnavailableValues unavailableValues,
            @Nullable OnTableFailure onTableFailure,
            @Nullable RetrySettings retry,
            @Nullable ThrottleSettings throttle,
            @Nullable AlertSettings alerts,
            @Nullable String workerGroup,
            @Nullable String instanceClass,
            @Nullable String environment,
            @Nullable String scene,
            @Nullable String resourceGroup) {
        this.name = name;
        this.source = source == null ? new TaskSource(null, null, null, null) : source;
        this.destination = destination == null ? new TaskDestination(null, null, null, null, null, null) : destination;
        this.phases = phases == null ? Set.of(Phase.values()) : Set.copyOf(phases);
        this.conflicts = conflicts == null ? Conflicts.REPORT : conflicts;
        this.format = format == null ? new FormatSettings(null, null) : format;
        this.kafka = kafka == null ? KafkaSettings.DEFAULT : kafka;
        this.names = names == null ? NameCase.DEFAULT : names;
        this.objects = objects == null ? new ObjectSelection(null, null) : objects;
        this.operations = operations == null
                ? Set.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE)
                : Set.copyOf(operations);
        this.etl = etl == null ? List.of() : List.copyOf(etl);
        this.unavailableValues = unavailableValues == null ? UnavailableValues.PLACEHOLDER : unavailableValues;
        this.onTableFailure = onTableFailure == null ? OnTableFailure.STOP : onTableFailure;
        this.retry = retry == null ? RetrySettings.DEFAULT : retry;
        this.throttle = throttle == null ? ThrottleSettings.NONE : throttle;
        this.alerts = alerts == null ? AlertSettings.DEFAULT : alerts;
        this.workerGroup = workerGroup == null ? "default" : workerGroup;
        this.instanceClass = instanceClass == null ? "unlimited" : instanceClass;
        this.environment = environment;
        this.scene = scene;
        this.resourceGroup = resourceGroup == null ? "default" : resourceGroup;
    }

    /** A task with the defaults between two connections. */
    public static TaskSettings of(String name, String source, String destination, ObjectSelection objects) {
        return new TaskSettings(
                name,
                new TaskSource(source, null, null, null),
                new TaskDestination(destination, null, null, null, null, null),
                null,
                null,
                null,
                null,
                null,
                objects,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The same task with other limits. */
    public TaskSettings with(ThrottleSettings limits) {
        return with(name, source, destination, objects, onTableFailure, limits, alerts);
    }

    /** The same task with other alerts. */
    public TaskSettings with(AlertSettings watch) {
        return with(name, source, destination, objects, onTableFailure, throttle, watch);
    }

    /** The same task over other objects. */
    public TaskSettings with(ObjectSelection selection) {
        return with(name, source, destination, selection, onTableFailure, throttle, alerts);
    }

    /** The same task from another source. */
    public TaskSettings with(TaskSource from) {
        return with(name, from, destination, objects, onTableFailure, throttle, alerts);
    }

    /** The same task to another destination. */
    public TaskSettings with(TaskDestination to) {
        return with(name, source, to, objects, onTableFailure, throttle, alerts);
    }

    /** The same task with another answer to a table that fails. */
    public TaskSettings with(OnTableFailure answer) {
        return with(name, source, destination, objects, answer, throttle, alerts);
    }

    /** The same task over other connections; null leaves one as it is. */
    public TaskSettings with(@Nullable String sourceConnection, @Nullable String destinationConnection) {
        return with(
                name,
                sourceConnection == null ? source : source.over(sourceConnection),
                destinationConnection == null ? destination : destination.over(destinationConnection),
                objects,
                onTableFailure,
                throttle,
                alerts);
    }

    /** A task that does the same under another name, with a slot and publication of its own. */
    public TaskSettings copy(String copyName) {
        return with(copyName, source.withoutNames(), destination, objects, onTableFailure, throttle, alerts);
    }

    private TaskSettings with(
            @Nullable String newName,
            TaskSource newSource,
            TaskDestination newDestination,
            ObjectSelection newObjects,
            OnTableFailure newAnswer,
            ThrottleSettings newLimits,
            AlertSettings newAlerts) {
        return new TaskSettings(
                newName,
                newSource,
                newDestination,
                phases,
                conflicts,
                format,
                kafka,
                names,
                newObjects,
                operations,
                etl,
                unavailableValues,
                newAnswer,
                retry,
                newLimits,
                newAlerts,
                workerGroup,
                instanceClass,
                environment,
                scene,
                resourceGroup);
    }

    /** The ceiling of the task's instance class. */
    public InstanceClass ceiling() {
        return InstanceClass.of(instanceClass).orElse(InstanceClass.UNLIMITED);
    }

    /** Whether the task has a phase. */
    public boolean has(Phase phase) {
        return phases.contains(phase);
    }

    /** Whether something may go to the topic of dead letters. */
    public boolean sendsDeadLetters() {
        return kafka.tooLarge() == TooLarge.DEAD_LETTER
                || etl.stream().anyMatch(table -> table.onError() == OnRowError.DEAD_LETTER);
    }

    /**
     * Checks what can be checked without looking at either end.
     *
     * @throws InvalidSettings with everything that is wrong
     */
    public TaskSettings checked() {
        List<Violation> violations = new SettingsRules(this).violations();
        if (!violations.isEmpty()) {
            throw new InvalidSettings(violations);
        }
        return this;
    }
}
