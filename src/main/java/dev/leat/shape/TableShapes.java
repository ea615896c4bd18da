package dev.leat.shape;

import dev.leat.change.Column;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.ColumnSettings;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Operation;
import dev.leat.settings.TableEtl;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.shape.etl.EtlPlan;
import dev.leat.shape.filter.RowFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Compiles what a task's settings say about a table. */
public final class TableShapes {

    private final TaskSettings task;
    private final String database;
    private final TopicNames topics;
    private final TableFilters filters;

    /** Compiled once per shape of a table, however many threads copy it. */
    private final Map<Table, EtlPlan> plans = new ConcurrentHashMap<>();

    /** The shapes of a task over one database. */
    public TableShapes(TaskSettings task, String database) {
        this.task = task;
        this.database = database;
        this.topics = new TopicNames(database);
        this.filters = new TableFilters(task);
    }

    /**
     * The shape of a table; empty when the task does not select it.
     *
     * @throws SyncException of kind {@code SETTINGS} when the settings do not fit the table
     */
    public Optional<TableShape> compile(Table table) {
        return task.objects().ruleFor(table.id()).map(rule -> compile(table, rule));
    }

    /**
     * Compiles all that the settings say of a table, and makes sure that its log can tell what they need.
     *
     * @throws SyncException of kind {@code SETTINGS} when the settings do not fit the table
     */
    public void check(Table table) {
        compile(table);
        filters.requireOldRows(table, operations(table));
    }

    /** The condition that a table's rows must meet, in SQL for the source; empty when all are wanted. */
    public Optional<String> condition(Table table) {
        return filters.of(table).map(RowFilter::sql);
    }

    /** Whether a table's changes can be judged only by whole old rows, which the log holds under a full identity. */
    public boolean needsOldRows(Table table) {
        return filters.needsOldRows(table, operations(table));
    }

    private Set<Operation> operations(Table table) {
        return task.objects().ruleFor(table.id()).map(ObjectRule::operations).orElse(task.operations());
    }

    /**
     * The topic of a selected table.
     *
     * @throws SyncException of kind {@code SETTINGS} when its name is longer than Kafka takes
     */
    public String topic(TableId id) {
        return topics.of(pattern(id), id);
    }

    /** What the topic of a selected table would be called if Kafka took every character. */
    public String wishedTopic(TableId id) {
        return topics.wished(pattern(id), id);
    }

    private String pattern(TableId id) {
        return task.objects()
                .ruleFor(id)
                .map(ObjectRule::topic)
                .orElse(task.destination().topicOrDefault());
    }

    /** The topic of a table's dead letters. */
    public String deadLetterTopic(TableId id) {
        return topics.of(task.destination().deadLetterTopicOrDefault(), id);
    }

    /** Why a table's records or dead letters can go to no topic; empty when they can. */
    public Optional<SyncException> refusedTopic(TableId id) {
        try {
            topic(id);
            deadLetterTopic(id);
            return Optional.empty();
        } catch (SyncException e) {
            return Optional.of(e);
        }
    }

    /** The topic of DDL records; empty when there are none, or when they go with the tables' records. */
    public Optional<String> ddlTopic() {
        return Optional.ofNullable(task.destination().ddlTopic())
                .filter(topic -> !topic.equals(TaskDestination.DDL_WITH_RECORDS))
                .map(topics::ofDatabase);
    }

    /** The topic of logical messages; empty when they are not carried. */
    public Optional<String> messageTopic() {
        return Optional.ofNullable(task.destination().messageTopic()).map(topics::ofDatabase);
    }

    /** The topic that tables go to which name none, if it is one for all of them. */
    public Optional<String> commonTopic() {
        String pattern = task.destination().topicOrDefault();
        return pattern.contains("{schema}") || pattern.contains("{table}")
                ? Optional.empty()
                : Optional.of(topics.ofDatabase(pattern));
    }

    /** What a selected table's columns are called in records, those left out that the task or its ETL drops. */
    public TableNames names(Table source) {
        ColumnSettings settings =
                task.objects().ruleFor(source.id()).map(ObjectRule::columns).orElse(ColumnSettings.ALL);
        Set<String> present =
                transformed(source).columns().stream().map(Column::name).collect(Collectors.toSet());
        Map<String, String> columns = new LinkedHashMap<>();
        for (Column column : source.columns()) {
            if (present.contains(column.name()) && !settings.exclude().contains(column.name())) {
                columns.put(column.name(), renamed(settings, column.name()));
            }
        }
        TableId target = target(source.id());
        boolean same = target.equals(source.id())
                && columns.size() == source.columns().size()
                && columns.entrySet().stream().allMatch(entry -> entry.getKey().equals(entry.getValue()));
        return new TableNames(target, columns, !same);
    }

    /** What a table is called in records. */
    public TableId target(TableId id) {
        return new TableId(task.names().apply(id.schema()), task.names().apply(id.table()));
    }

    /** Indexes of the columns that choose the partition in place of the key; empty for the key. */
    public List<Integer> partitionColumns(Table source) {
        Table table = transformed(source);
        return task.objects().ruleFor(source.id()).stream()
                .flatMap(rule -> rule.partitionColumns().stream())
                .map(name -> partitionColumn(table, name))
                .toList();
    }

    /** The table as ETL leaves it, under the source's name; names of columns in the settings mean this one. */
    private Table transformed(Table source) {
        return plan(source).map(EtlPlan::target).orElse(source);
    }

    private Optional<EtlPlan> plan(Table source) {
        for (int i = 0; i < task.etl().size(); i++) {
            TableEtl entry = task.etl().get(i);
            if (entry.id().equals(source.id())) {
                String field = "etl[" + i + "]";
                return Optional.of(
                        plans.computeIfAbsent(source, table -> EtlPlan.compile(table, entry, field, database)));
            }
        }
        return Optional.empty();
    }

    private int partitionColumn(Table source, String name) {
        int place = kept(source).indexOf(requireColumn(source, name, "partitionColumns"));
        if (place < 0) {
            throw refused(
                    source,
                    "column '" + name + "' chooses the partition and cannot be left out.",
                    "Take it out of columns.exclude or out of partitionColumns.");
        }
        return place;
    }

    private TableShape compile(Table source, ObjectRule rule) {
        Optional<EtlPlan> etl = plan(source);
        Table table = etl.map(EtlPlan::target).orElse(source);
        List<Integer> kept = kept(table);
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        rule.columns().rename().keySet().forEach(name -> requireColumn(table, name, "columns.rename"));
        partitionColumns(source);
        for (int i : kept) {
            Column column = table.columns().get(i);
            String name = renamed(rule.columns(), column.name());
            if (!names.add(name)) {
                throw refused(
                        table,
                        "two columns would be called '" + name + "'.",
                        "Give one of them another name in columns.rename.");
            }
            columns.add(new Column(name, column.type(), column.notNull()));
        }
        boolean all = kept.size() == table.columns().size();
        Table target = new Table(
                table.oid(),
                target(table.id()),
                columns,
                table.key().stream().map(kept::indexOf).toList(),
                table.fullIdentity());
        Set<Operation> operations = operations(source);
        TableMapping mapping = new TableMapping(
                source,
                target.equals(table) ? table : target,
                !target.equals(table),
                topic(table.id()),
                all ? null : kept.stream().mapToInt(Integer::intValue).toArray());
        return new TableShape(
                mapping,
                operations,
                filters.ofChanges(source, operations).orElse(null),
                etl.map(EtlPlan::program).orElse(null));
    }

    private String renamed(ColumnSettings settings, String name) {
        String given = settings.rename().get(name);
        return given == null ? task.names().apply(name) : given;
    }

    private List<Integer> kept(Table table) {
        List<String> excluded = task.objects()
                .ruleFor(table.id())
                .map(rule -> rule.columns().exclude())
                .orElse(List.of());
        for (String name : excluded) {
            int index = requireColumn(table, name, "columns.exclude");
            if (table.key().contains(index)) {
                throw refused(
                        table,
                        "column '" + name + "' is part of the key and cannot be left out.",
                        "Take it out of columns.exclude.");
            }
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            if (!excluded.contains(table.columns().get(i).name())) {
                kept.add(i);
            }
        }
        return kept;
    }

    private static int requireColumn(Table table, String name, String field) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(name)) {
                return i;
            }
        }
        throw refused(
                table,
                "there is no column '" + name + "', which the task's " + field + " names.",
                "Correct the name; upper and lower case differ.");
    }

    private static SyncException refused(Table table, String what, String remedy) {
        return new SyncException(FailureKind.SETTINGS, "Table " + table.id() + ": " + what, remedy, null);
    }
}
