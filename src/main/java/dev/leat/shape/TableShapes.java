package dev.leat.shape;

import dev.leat.change.Column;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.ColumnSettings;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Operation;
import dev.leat.settings.TaskSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compiles what a task's settings say about a table. */
public final class TableShapes {

    private static final int MAX_TOPIC_LENGTH = 249;

    private final TaskSettings task;
    private final String database;

    /** The shapes of a task over one database. */
    public TableShapes(TaskSettings task, String database) {
        this.task = task;
        this.database = database;
    }

    /**
     * The shape of a table; empty when the task does not select it.
     *
     * @throws SyncException of kind {@code SETTINGS} when the settings do not fit the table
     */
    public Optional<TableShape> compile(Table table) {
        return task.objects().ruleFor(table.id()).map(rule -> compile(table, rule));
    }

    /** The topic of a selected table. */
    public String topic(TableId id) {
        String pattern = task.objects()
                .ruleFor(id)
                .map(ObjectRule::topic)
                .orElse(task.destination().topicOrDefault());
        return topic(pattern, id);
    }

    /** The topic of a table's dead letters. */
    public String deadLetterTopic(TableId id) {
        return topic(task.destination().deadLetterTopicOrDefault(), id);
    }

    private String topic(String pattern, TableId id) {
        String topic = pattern.replace("{database}", legal(database))
                .replace("{schema}", legal(id.schema()))
                .replace("{table}", legal(id.table()));
        return topic.length() > MAX_TOPIC_LENGTH ? topic.substring(0, MAX_TOPIC_LENGTH) : topic;
    }

    /** Indexes of the columns that choose the partition in place of the key; empty for the key. */
    public List<Integer> partitionColumns(Table source) {
        return task.objects().ruleFor(source.id()).stream()
                .flatMap(rule -> rule.partitionColumns().stream())
                .map(name -> partitionColumn(source, name))
                .toList();
    }

    private int partitionColumn(Table source, String name) {
        int place = kept(source).indexOf(requireColumn(source, name, "partitionColumns"));
        if (place < 0) {
            throw refused(source, "column '" + name + "' chooses the partition and cannot be left out.");
        }
        return place;
    }

    private TableShape compile(Table table, ObjectRule rule) {
        List<Integer> kept = kept(table);
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        rule.columns().rename().keySet().forEach(name -> requireColumn(table, name, "columns.rename"));
        partitionColumns(table);
        for (int i : kept) {
            Column column = table.columns().get(i);
            String name = renamed(rule.columns(), column.name());
            if (!names.add(name)) {
                throw refused(table, "two columns would be called '" + name + "'. Give one of them another name.");
            }
            columns.add(new Column(name, column.type(), column.notNull()));
        }
        boolean all = kept.size() == table.columns().size();
        TableId id = new TableId(
                task.names().apply(table.id().schema()),
                task.names().apply(table.id().table()));
        Table target = new Table(
                table.oid(),
                id,
                columns,
                table.key().stream().map(kept::indexOf).toList(),
                table.fullIdentity());
        Set<Operation> operations = rule.operations() == null ? task.operations() : rule.operations();
        return new TableShape(
                table,
                target.equals(table) ? table : target,
                topic(table.id()),
                operations,
                all ? null : kept.stream().mapToInt(Integer::intValue).toArray());
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
                throw refused(table, "column '" + name + "' is part of the key and cannot be left out.");
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
        throw refused(table, "there is no column '" + name + "', which the task's " + field + " names.");
    }

    private static SyncException refused(Table table, String what) {
        return new SyncException(FailureKind.SETTINGS, "Table " + table.id() + ": " + what);
    }

    /** Kafka's topics know letters, digits, dot, underscore and hyphen; everything else becomes an underscore. */
    private static String legal(String name) {
        return name.replaceAll("[^a-zA-Z0-9._-]", "_");
    }
}
