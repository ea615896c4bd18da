package dev.leat.console;

import dev.leat.settings.ObjectRule;
import dev.leat.settings.TaskDestination;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The selected objects of a draft as they are listed.
 *
 * @param chosen the first of them
 * @param total how many there are
 * @param out what is left out of them
 */
record SelectedObjects(List<Chosen> chosen, int total, List<Left> out, int totalOut) {

    static final int SHOWN = 200;

    /**
     * A selected object.
     *
     * @param index its place in the definition
     * @param kind {@code database}, {@code schema} or {@code table}
     * @param topic where its records go, as far as the names are known
     */
    record Chosen(
            int index,
            String kind,
            @Nullable String schema,
            @Nullable String table,
            String topic,
            ObjectRule rule) {

        /** What is particular about it, by message keys. */
        public List<String> marks() {
            return Stream.of(
                            rule.filter() == null ? null : "filter",
                            rule.columns().exclude().isEmpty()
                                            && rule.columns().rename().isEmpty()
                                    ? null
                                    : "columns",
                            rule.operations() == null ? null : "operations",
                            rule.partitions() == null ? null : "partitions",
                            rule.partitionColumns().isEmpty() ? null : "partitionColumns")
                    .filter(java.util.Objects::nonNull)
                    .toList();
        }
    }

    /** A table that is left out. */
    record Left(String name, String key) {}

    static SelectedObjects of(Selection selection, Draft draft, String database) {
        List<ObjectRule> include = selection.include();
        return new SelectedObjects(
                IntStream.range(0, Math.min(SHOWN, include.size()))
                        .mapToObj(i -> chosen(i, include.get(i), topic(include.get(i), draft, database)))
                        .toList(),
                include.size(),
                selection.exclude().stream()
                        .limit(SHOWN)
                        .map(rule -> new Left(
                                rule.schema() + (rule.table() == null ? "" : "." + rule.table()),
                                ObjectKey.of(rule).text()))
                        .toList(),
                selection.exclude().size());
    }

    private static Chosen chosen(int index, ObjectRule rule, String topic) {
        return new Chosen(index, kind(rule), rule.schema(), rule.table(), topic, rule);
    }

    static String kind(ObjectRule rule) {
        String kind = rule.schema() == null ? "DATABASE" : rule.table() == null ? "SCHEMA" : "TABLE";
        return kind.toLowerCase(Locale.ROOT);
    }

    /** The topic's name with what is known put in. */
    static String topic(ObjectRule rule, Draft draft, String database) {
        String own = rule.topic() != null ? rule.topic() : draft.form().text("destination.topic");
        String topic = own.isEmpty() ? TaskDestination.DEFAULT_TOPIC : own;
        String named = database.isEmpty() ? topic : topic.replace("{database}", database);
        String inSchema = rule.schema() == null ? named : named.replace("{schema}", rule.schema());
        return rule.table() == null ? inSchema : inSchema.replace("{table}", rule.table());
    }
}
