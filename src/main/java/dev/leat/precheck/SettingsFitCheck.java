package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.settings.TableEtl;
import dev.leat.shape.TableShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the columns that the settings name exist and may be treated so, and whether ETL compiles. */
final class SettingsFitCheck implements Check {

    @Override
    public String name() {
        return "SETTINGS_FIT";
    }

    @Override
    public String title() {
        return "Settings fit the tables";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        List<Finding> findings = new ArrayList<>(strayEtl(context));
        context.source().tables().stream()
                .flatMap(table -> judge(context.shapes(), table.table()).stream())
                .forEach(findings::add);
        return Outcome.of(findings);
    }

    /** ETL of a table that the task does not have would never be used, and nobody would notice. */
    private static List<Finding> strayEtl(PrecheckContext context) {
        Set<TableId> selected = context.source().tables().stream()
                .map(table -> table.table().id())
                .collect(Collectors.toSet());
        return context.task().etl().stream()
                .map(TableEtl::id)
                .filter(id -> !selected.contains(id))
                .map(id -> Finding.error(
                        id.toString(),
                        "The task's ETL names this table, but its objects do not select one of that name.",
                        "Correct the name in etl, or add the table to the task's objects."))
                .toList();
    }

    private static Optional<Finding> judge(TableShapes shapes, Table table) {
        try {
            shapes.compile(table);
            shapes.partitionColumns(table);
            return Optional.empty();
        } catch (SyncException e) {
            return Optional.of(Finding.error(table.id().toString(), e.getMessage(), e.remedy()));
        }
    }
}
