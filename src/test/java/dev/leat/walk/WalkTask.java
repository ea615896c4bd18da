package dev.leat.walk;

import dev.leat.fixture.Database;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.KafkaSettings;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Phase;
import dev.leat.settings.TableEtl;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import dev.leat.settings.UnavailableValues;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definition of a task with topics of its own, and the defaults where a walk says nothing. */
final class WalkTask {

    private WalkTask() {}

    static TaskSettings of(
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
                null);
    }
}
