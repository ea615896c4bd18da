package dev.leat.console;

import dev.leat.task.EventView;
import dev.leat.task.TableView;
import dev.leat.task.TaskView;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns tasks, tables and events into what the templates of {@code task/} show. */
final class TaskModels {

    static final int TASKS = 200;
    static final int TABLES = 200;
    static final int EVENTS = 50;

    /** A table and its looks. */
    record TableFace(TableView table, Badge badge) {}

    /** An event and its looks. */
    record EventFace(EventView event, Badge badge) {}

    private TaskModels() {}

    /** For {@code task/list}: the tasks that fit the search, at most {@value #TASKS}. */
    static Map<String, Object> list(List<TaskView> tasks, String query, String state, Audience audience) {
        Units units = new Units(audience.locale());
        List<TaskView> found =
                tasks.stream().filter(task -> fits(task, query, state)).toList();
        return Map.of(
                "faces",
                found.stream()
                        .limit(TASKS)
                        .map(task -> TaskFace.of(task, units, audience.operator()))
                        .toList(),
                "found",
                found.size(),
                "total",
                tasks.size(),
                "operator",
                audience.operator(),
                "units",
                units,
                "base",
                audience.base());
    }

    /** For the live parts of {@code task/show}. */
    static Map<String, Object> show(TaskView task, List<EventView> events, Audience audience) {
        Units units = new Units(audience.locale());
        return Map.of(
                "face",
                TaskFace.of(task, units, audience.operator()),
                "events",
                events.stream()
                        .map(event -> new EventFace(event, Badge.ofSeverity(event.severity())))
                        .toList(),
                "units",
                units,
                "base",
                audience.base());
    }

    /** For the tables of {@code task/show}; one more than {@value #TABLES} tells that there are more. */
    static Map<String, Object> tables(List<TableView> tables, String query, String state, Audience audience) {
        return Map.of(
                "tables",
                tables.stream()
                        .limit(TABLES)
                        .map(table -> new TableFace(table, Badge.ofTable(table.state())))
                        .toList(),
                "moreTables",
                tables.size() > TABLES,
                "q",
                query,
                "tableState",
                state,
                "units",
                new Units(audience.locale()));
    }

    private static boolean fits(TaskView task, String query, String state) {
        String words = task.name() + " " + task.source() + " " + task.database() + " " + task.destination();
        return (state.isEmpty() || task.state().equals(state))
                && words.toLowerCase(Locale.ROOT).contains(query.strip().toLowerCase(Locale.ROOT));
    }
}
