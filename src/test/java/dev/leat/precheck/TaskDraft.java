package dev.leat.precheck;

import dev.leat.settings.Acks;
import dev.leat.settings.Conflicts;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSettings;
import dev.leat.settings.NameCase;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Phase;
import dev.leat.settings.Secret;
import dev.leat.settings.SlotSettings;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import dev.leat.settings.TooLarge;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A task in the making, for tests: each method gives a draft with one thing changed. */
record TaskDraft(
        TaskSource source,
        TaskDestination destination,
        Set<Phase> phases,
        Conflicts conflicts,
        KafkaSettings kafka,
        ObjectSelection objects,
        NameCase names) {

    /** The whole database, with the defaults. */
    static TaskDraft everything() {
        return new TaskDraft(
                new TaskSource("shop", null, null, null),
                new TaskDestination("events", null, null, null, null, null),
                null,
                null,
                null,
                null,
                null);
    }

    /** A plan for ends that nobody may touch. */
    static PrecheckPlan nowhere() {
        var source = new SourceEndpoint(
                SourceKind.POSTGRESQL, "nowhere.invalid", 1, "shop", "leat", Secret.NONE, SslMode.DISABLE, "");
        return new PrecheckPlan(
                "leat-test", everything().settings(), source, KafkaEndpoint.plaintext("nowhere.invalid:1"), false);
    }

    TaskDraft only(ObjectRule... rules) {
        return new TaskDraft(
                source, destination, phases, conflicts, kafka, new ObjectSelection(List.of(rules), List.of()), names);
    }

    TaskDraft names(NameCase choice) {
        return new TaskDraft(source, destination, phases, conflicts, kafka, objects, choice);
    }

    TaskDraft table(String name) {
        return only(ObjectRule.of("public", name));
    }

    TaskDraft phases(Phase... some) {
        return new TaskDraft(source, destination, Set.of(some), conflicts, kafka, objects, names);
    }

    TaskDraft slot(String slot) {
        var named = new TaskSource("shop", null, slot, source.publication());
        return new TaskDraft(named, destination, phases, conflicts, kafka, objects, names);
    }

    TaskDraft publication(String publication) {
        var named = new TaskSource("shop", null, source.slot(), publication);
        return new TaskDraft(named, destination, phases, conflicts, kafka, objects, names);
    }

    TaskDraft walBudget(double gigabytes) {
        var care = new SlotSettings(null, null, gigabytes, null);
        var watched = new TaskSource("shop", null, source.slot(), source.publication(), care);
        return new TaskDraft(watched, destination, phases, conflicts, kafka, objects, names);
    }

    TaskDraft destination(String topic, Integer partitions, Integer replicas) {
        var changed = new TaskDestination("events", topic, null, partitions, replicas, null);
        return new TaskDraft(source, changed, phases, conflicts, kafka, objects, names);
    }

    TaskDraft topicConfig(Map<String, String> config) {
        var changed = new TaskDestination("events", destination.topic(), null, null, null, null, config);
        return new TaskDraft(source, changed, phases, conflicts, kafka, objects, names);
    }

    TaskDraft topic(String topic) {
        return destination(topic, null, null);
    }

    TaskDraft conflicts(Conflicts choice) {
        return new TaskDraft(source, destination, phases, choice, kafka, objects, names);
    }

    TaskDraft acks(Acks acks) {
        return new TaskDraft(
                source,
                destination,
                phases,
                conflicts,
                new KafkaSettings(null, acks, null, null, null),
                objects,
                names);
    }

    /** What the rules refuse for now, so these settings are never checked. */
    TaskDraft exactlyOnce() {
        var once = new KafkaSettings(null, null, null, null, true);
        return new TaskDraft(source, destination, phases, conflicts, once, objects, names);
    }

    TaskDraft ddlTopic(String topic) {
        var changed = new TaskDestination(
                "events", destination.topic(), topic, destination.partitions(), destination.replicationFactor(), null);
        return new TaskDraft(source, changed, phases, conflicts, kafka, objects, names);
    }

    TaskDraft messageTopic(String topic) {
        var changed = new TaskDestination("events", destination.topic(), null, null, null, null, null, topic);
        return new TaskDraft(source, changed, phases, conflicts, kafka, objects, names);
    }

    TaskDraft deadLetters(String topic) {
        var changed = new TaskDestination(
                "events", destination.topic(), null, destination.partitions(), destination.replicationFactor(), topic);
        return new TaskDraft(
                source,
                changed,
                phases,
                conflicts,
                new KafkaSettings(null, null, null, TooLarge.DEAD_LETTER, null),
                objects,
                names);
    }

    TaskSettings settings() {
        return new TaskSettings(
                "test",
                source,
                destination,
                phases,
                conflicts,
                null,
                kafka,
                names,
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
}
