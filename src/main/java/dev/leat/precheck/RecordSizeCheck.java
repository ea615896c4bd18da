package dev.leat.precheck;

import dev.leat.change.Column;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.kafka.KafkaClients;
import dev.leat.settings.TooLarge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the topics take records as large as the tables' rows, which are measured where values are large. */
final class RecordSizeCheck implements Check {

    /** Of tables with large values the largest so many are measured, a few rows of each. */
    private static final int MAX_MEASURED = 20;

    private static final int ROWS = 1_000;
    private static final int NARROW_BYTES = 64 << 10;
    private static final Set<String> TEXTS = Set.of("text", "character varying", "character", "bpchar", "varchar");

    private static final String LARGE = """
            SELECT c.oid, pg_relation_size(c.reltoastrelid) FROM pg_class c
            WHERE c.oid = ANY (?::oid[]) AND c.reltoastrelid <> 0 AND pg_relation_size(c.reltoastrelid) > 0
            ORDER BY 2 DESC
            """;

    @Override
    public String name() {
        return "RECORD_SIZE";
    }

    @Override
    public String title() {
        return "Topics take records as large as the rows";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (context.task().kafka().tooLarge() != TooLarge.STOP) {
            return new Outcome.Passed();
        }
        List<Integer> large = context.source().query(LARGE, rows -> (int) rows.getLong(1), (Object)
                context.source().relations().stream()
                        .map(relation -> Integer.toUnsignedString(relation.oid()))
                        .toArray(String[]::new));
        TopicLimits limits = TopicLimits.of(context);
        List<Finding> findings = new ArrayList<>(narrow(context, limits));
        findings.addAll(judge(context, limits, large));
        return Outcome.of(findings);
    }

    /** Topics that may be too small for rows without any large value, of which PostgreSQL keeps 8 kB in a row. */
    private static List<Finding> narrow(PrecheckContext context, TopicLimits limits) {
        return context.destination().wanted().stream()
                .map(WantedTopic::name)
                .filter(topic -> limits.bytes(topic) < NARROW_BYTES)
                .map(topic -> Finding.alert(
                        "topic " + topic,
                        "The topic takes records of up to " + limits.bytes(topic)
                                + " bytes only. A row without any large"
                                + " value has up to 8 kB at the source, and its record several times as many.",
                        limits.raise(topic)))
                .toList();
    }

    private static List<Finding> judge(PrecheckContext context, TopicLimits limits, List<Integer> large) {
        Map<Integer, RelationFacts> relations = context.source().relations().stream()
                .collect(Collectors.toMap(RelationFacts::oid, relation -> relation));
        Map<Integer, Table> roots = context.source().tables().stream()
                .map(described -> described.table())
                .collect(Collectors.toMap(Table::oid, table -> table));
        Map<TableId, Finding> findings = new HashMap<>();
        int measured = 0;
        for (int oid : large) {
            RelationFacts relation = relations.get(oid);
            Table table = relation == null ? null : roots.get(relation.root());
            if (relation != null && table != null) {
                String topic = context.shapes().topic(table.id());
                Optional<Long> largest = measured++ < MAX_MEASURED && relation.readable() && !relation.rowSecurity()
                        ? largest(context, relation, table)
                        : Optional.empty();
                finding(table.id(), topic, limits, largest).ifPresent(f -> findings.putIfAbsent(table.id(), f));
            }
        }
        return new ArrayList<>(findings.values());
    }

    /** How large the largest of some rows is. Lengths are read beside the values, which are not fetched. */
    private static Optional<Long> largest(PrecheckContext context, RelationFacts relation, Table table) {
        String row = table.columns().stream().map(RecordSizeCheck::length).collect(Collectors.joining(" + "));
        return context
                .source()
                .query(
                        "SELECT max(bytes) FROM (SELECT " + row + " AS bytes FROM ONLY "
                                + relation.id().quoted() + " LIMIT " + ROWS + ") AS sample",
                        rows -> rows.getLong(1))
                .stream()
                .findFirst();
    }

    private static String length(Column column) {
        String name = TableId.quote(column.name());
        String type = column.type().sqlName().replaceFirst("\\(.*", "");
        if (TEXTS.contains(type)) {
            return "coalesce(octet_length(" + name + "), 0)::bigint";
        }
        return type.equals("bytea")
                ? "coalesce(octet_length(" + name + "), 0)::bigint * 2"
                : "coalesce(pg_column_size(" + name + "), 0)::bigint";
    }

    private static Optional<Finding> finding(TableId table, String topic, TopicLimits limits, Optional<Long> largest) {
        int limit = limits.bytes(topic);
        if (largest.isPresent() && largest.get() > limit) {
            return Optional.of(Finding.alert(
                    table.toString(),
                    "Among the first rows is one of " + Wording.bytes(largest.get()) + ", and topic " + topic
                            + " takes records of up to " + Wording.bytes(limit) + ": the task would stop there.",
                    limit < KafkaClients.MAX_RECORD_BYTES && largest.get() < KafkaClients.MAX_RECORD_BYTES
                            ? limits.raise(topic)
                            : "Leave the large column out of the task's objects, or set \"tooLarge\" in \"kafka\" to"
                                    + " DEAD_LETTER, TRUNCATE or KEY_ONLY."));
        }
        return limit < KafkaClients.MAX_RECORD_BYTES
                ? Optional.of(Finding.alert(
                        table.toString(),
                        "The table holds large values, and topic " + topic + " takes records of up to "
                                + Wording.bytes(limit) + " only; Leat sends up to "
                                + Wording.bytes(KafkaClients.MAX_RECORD_BYTES) + ".",
                        limits.raise(topic)))
                : Optional.empty();
    }
}
