package dev.leat.console;

import dev.leat.connection.ColumnSummary;
import dev.leat.console.form.Field;
import dev.leat.console.form.JsonForm;
import dev.leat.console.form.Sent;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of one selected object. */
@Component
final class ObjectForm {

    /**
     * A column as it is offered.
     *
     * @param kept whether it stands in records
     * @param name its name in records; empty for its own
     * @param partitions whether it chooses the partition
     */
    record ColumnRow(ColumnSummary column, boolean kept, String name, boolean partitions) {}

    static String path(int index) {
        return "objects.include[" + index + "]";
    }

    static List<ColumnRow> columns(ObjectRule rule, List<ColumnSummary> columns) {
        return columns.stream()
                .map(column -> new ColumnRow(
                        column,
                        !rule.columns().exclude().contains(column.name()),
                        rule.columns().rename().getOrDefault(column.name(), ""),
                        rule.partitionColumns().contains(column.name())))
                .toList();
    }

    List<Violation> read(JsonForm form, int index, Sent sent) {
        String path = path(index);
        List<Violation> unread = form.read(
                List.of(Field.text(path + ".topic"), Field.whole(path + ".partitions"), Field.text(path + ".filter")),
                sent);
        operations(form, path, sent);
        if (sent.has("column")) {
            columns(form, path, sent);
        }
        return unread;
    }

    private static void operations(JsonForm form, String path, Sent sent) {
        if (sent.text("ownOperations").isEmpty()) {
            form.put(path + ".operations", null);
        } else {
            form.read(List.of(Field.set(path + ".operations")), sent);
        }
    }

    /** Columns are told by their place among those that were shown, since a name may hold anything. */
    private static void columns(JsonForm form, String path, Sent sent) {
        List<String> kept = sent.all("kept");
        ObjectNode rename = form.json().objectNode();
        ArrayNode exclude = form.json().arrayNode();
        List<String> shown = sent.all("column");
        Map<Integer, String> names = new LinkedHashMap<>();
        IntStream.range(0, shown.size()).forEach(i -> names.put(i, shown.get(i)));
        names.forEach((i, name) -> {
            String other = sent.text("as-" + i);
            if (!kept.contains(Integer.toString(i))) {
                exclude.add(name);
            } else if (!other.isEmpty() && !other.equals(name)) {
                rename.put(name, other);
            }
        });
        ObjectNode both = form.json().objectNode();
        both.set("rename", rename);
        both.set("exclude", exclude);
        form.put(path + ".columns", both);
        ArrayNode partitions = form.json().arrayNode();
        sent.all("partition").stream()
                .map(ObjectForm::place)
                .filter(names::containsKey)
                .forEach(i -> partitions.add(names.get(i)));
        form.put(path + ".partitionColumns", partitions);
    }

    private static int place(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
