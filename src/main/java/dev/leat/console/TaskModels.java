package dev.leat.console;

import dev.leat.settings.Phase;
import dev.leat.task.EventView;
import dev.leat.task.TableView;
import dev.leat.task.TaskView;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns tasks, tables and events into what the templates of {@code task/} show. */
final class TaskModels {

    static final int TABLES = 200;
    static final int EVENTS = 50;

    /** A table, its looks, and what to do about it. */
    record TableFace(TableView table, Badge badge, @Nullable Advice advice) {

        static TableFace of(TableView table, Locale locale) {
            String remedy = table.remedy();
            return new TableFace(
                    table, Badge.ofTable(table.state()), remedy == null ? null : Advice.of("", remedy, locale));
        }

        /** Whether it can be copied again: one that is being copied, is. */
        public boolean isResyncable() {
            return switch (table.state()) {
                case "COPIED", "FOLLOWING", "SET_ASIDE" -> true;
                default -> false;
            };
        }
    }

    /** An event, its looks, what to do about it, and the states or the phase that it tells of. */
    record EventFace(
            EventView event,
            Badge badge,
            @Nullable Advice advice,
            @Nullable StateChange change,
            @Nullable Phase phase) {

        static EventFace of(EventView event, Locale locale) {
            String remedy = event.remedy();
            return new EventFace(
                    event,
                    Badge.ofSeverity(event.severity()),
                    remedy == null ? null : Advice.of(event.kind(), remedy, locale),
                    StateChange.of(event).orElse(null),
                    phase(event));
        }

        private static @Nullable Phase phase(EventView event) {
            return Arrays.stream(Phase.values())
                    .filter(phase ->
                            event.kind().startsWith("PHASE_") && event.message().startsWith("Phase " + phase + " "))
                    .findFirst()
                    .orElse(null);
        }
    }

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
                        .map(event -> EventFace.of(event, audience.locale()))
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
                        .map(table -> TableFace.of(table, audience.locale()))
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
