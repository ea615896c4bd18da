package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.settings.TableEtl;
import dev.leat.shape.TableShapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                .flatMap(table -> judge(context, table.table()).stream())
                .forEach(findings::add);
        findings.addAll(alike(context));
        findings.addAll(sharing(context));
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

    private static Optional<Finding> judge(PrecheckContext context, Table table) {
        TableShapes shapes = context.shapes();
        try {
            shapes.refusedTopic(table.id()).ifPresent(refusal -> {
                throw refusal;
            });
            return shapes.compile(table)
                    .filter(shape -> context.plan().follows())
                    .flatMap(shape -> lostOnDelete(shape.target(), shapes.partitionColumns(table)));
        } catch (SyncException e) {
            return Optional.of(Finding.error(table.id().toString(), e.getMessage(), e.remedy()));
        }
    }

    /** A DELETE that does not know what chose the row's partition goes to another one, and may overtake its INSERT. */
    private static Optional<Finding> lostOnDelete(Table table, List<Integer> partitionColumns) {
        List<String> lost = partitionColumns.stream()
                .filter(column -> !table.key().contains(column))
                .map(column -> table.columns().get(column).name())
                .toList();
        return lost.isEmpty() || table.fullIdentity()
                ? Optional.empty()
                : Optional.of(Finding.alert(
                        table.id().toString(),
                        "The log does not tell " + Wording.some(lost)
                                + " of a deleted row, which chooses its partition:"
                                + " a DELETE may go to another partition than the rest of the row's history.",
                        "ALTER TABLE " + table.id().quoted() + " REPLICA IDENTITY FULL;"));
    }

    /** What Kafka does not take becomes an underscore, and so two names may become one topic, which nobody has chosen. */
    private static List<Finding> sharing(PrecheckContext context) {
        TableShapes shapes = context.shapes();
        Map<String, List<TableId>> sharing = context.source().tables().stream()
                .map(table -> table.table().id())
                .filter(id -> shapes.refusedTopic(id).isEmpty())
                .collect(Collectors.groupingBy(shapes::topic, LinkedHashMap::new, Collectors.toList()));
        return sharing.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                                .map(shapes::wishedTopic)
                                .distinct()
                                .count()
                        > 1)
                .map(entry -> Finding.alert(
                        Wording.some(entry.getValue()),
                        "These tables go to one topic, " + entry.getKey() + ", because Kafka's topics know no"
                                + " characters but a to z, A to Z, digits, dot, underscore and hyphen.",
                        "Give them topics of their own in the task's objects, if their records are not to mix."))
                .toList();
    }

    /** Capitalization may give two tables the same name in records. */
    private static List<Finding> alike(PrecheckContext context) {
        Map<TableId, List<TableId>> named = new LinkedHashMap<>();
        context.source().tables().stream()
                .map(table -> table.table().id())
                .forEach(id -> named.computeIfAbsent(context.shapes().target(id), target -> new ArrayList<>())
                        .add(id));
        return named.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> Finding.alert(
                        Wording.some(entry.getValue()),
                        "In records these tables are all called " + entry.getKey() + ".",
                        "Set names to SOURCE, or take all but one of them out of the task's objects."))
                .toList();
    }
}
