package dev.leat.walk;

import dev.leat.fixture.Database;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.KafkaSettings;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.OnTableFailure;
import dev.leat.settings.Phase;
import dev.leat.settings.TableEtl;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import dev.leat.settings.TooLarge;
import dev.leat.settings.UnavailableValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Definitions of the tasks that walks take. */
final class WalkTask {

    private WalkTask() {}

    /** A task over the whole database with topics of its own. */
    static TaskSettings task(
            Database source,
            FormatKind format,
            Set<Phase> phases,
            @Nullable TooLarge tooLarge,
            @Nullable UnavailableValues unavailable) {
        return task(source, format, phases, tooLarge, unavailable, ObjectRule.everything());
    }

    /** A task over the whole database in a format with options. */
    static TaskSettings task(Database source, FormatSettings format, Set<Phase> phases) {
        return task(source, format, phases, KafkaSettings.DEFAULT, null, ObjectRule.everything());
    }

    static TaskSettings task(
            Database source,
            FormatKind format,
            Set<Phase> phases,
            @Nullable TooLarge tooLarge,
            @Nullable UnavailableValues unavailable,
            ObjectRule objects) {
        KafkaSettings kafka = new KafkaSettings(null, null, null, tooLarge, null);
        return task(source, new FormatSettings(format, Map.of()), phases, kafka, unavailable, objects);
    }

    static TaskSettings task(
            Database source,
            FormatSettings format,
            Set<Phase> phases,
            KafkaSettings kafka,
            @Nullable UnavailableValues unavailable,
            ObjectRule objects) {
        return task(source, format, phases, kafka, unavailable, objects, List.of());
    }

    static TaskSettings task(
            Database source,
            FormatSettings format,
            Set<Phase> phases,
            KafkaSettings kafka,
            @Nullable UnavailableValues unavailable,
            ObjectRule objects,
            List<TableEtl> etl) {
        return new TaskSettings(
                "walk",
                new TaskSource("source", null, null, null),
                new TaskDestination("kafka", source.name() + ".{schema}.{table}", null, 3, null, null),
                phases,
                null,
                format,
                kafka,
                null,
                new ObjectSelection(List.of(objects), null),
                null,
                etl,
                unavailable,
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

    /** The same task over tables of the schema public. */
    static TaskSettings over(TaskSettings task, List<String> tables) {
        List<ObjectRule> rules =
                tables.stream().map(table -> ObjectRule.of("public", table)).toList();
        return task.with(new ObjectSelection(rules, null));
    }

    /** The same task with tables set aside that fail. */
    static TaskSettings settingAside(TaskSettings task) {
        return task.with(OnTableFailure.SET_ASIDE);
    }
}
