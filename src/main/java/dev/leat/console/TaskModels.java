package dev.leat.console;

import dev.leat.task.EventView;
import dev.leat.task.TableView;
import dev.leat.task.TaskView;
import java.util.List;
import java.util.Map;

/** Turns tasks, tables and events into what the templates of {@code task/} show. */
final class TaskModels {

    static final int TABLES = 200;
    static final int EVENTS = 50;

    /** A table and its looks. */
    record TableFace(TableView table, Badge badge) {}

    /** An event and its looks. */
    record EventFace(EventView event, Badge badge) {}

    private TaskModels() {}

    /** For {@code task/list}: the page of the tasks that fit. */
    static Map<String, Object> list(List<TaskView> tasks, ListQuery query, Audience audience) {
        Units units = new Units(audience.locale());
        List<TaskView> found = query.found(tasks);
        return Map.of(
                "faces",
                query.shown(found).stream()
                        .map(task -> TaskFace.of(task, units, audience.operator()))
                        .toList(),
                "query",
                query,
                "page",
                query.shownPage(found),
                "pages",
                ListQuery.pages(found),
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
}
