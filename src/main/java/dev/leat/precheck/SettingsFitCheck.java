package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import dev.leat.shape.TableShapes;
import java.util.Optional;

/** Whether the columns that the settings name exist and may be treated so. */
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
        return Outcome.of(context.source().tables().stream()
                .flatMap(table -> judge(context.shapes(), table.table()).stream())
                .toList());
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
