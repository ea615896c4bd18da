package dev.leat.console;

import dev.leat.alert.TaskAlert;
import dev.leat.task.EventView;
import dev.leat.task.TaskView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Reads what a live page shows and writes its parts as HTML, by the same templates as the whole page. */
final class LiveParts {

    /** What a live page shows at one moment; two that are equal look the same. */
    sealed interface Moment {

        /** Of one task. */
        record OfTask(TaskView task, List<EventView> events, List<TaskAlert> alerts) implements Moment {}

        /** Of the list, as searched. */
        record OfList(List<TaskView> tasks, ListQuery query, List<TaskAlert> alerts) implements Moment {}
    }

    private final ConsoleTasks tasks;
    private final ITemplateEngine engine;

    LiveParts(ConsoleTasks tasks, ITemplateEngine engine) {
        this.tasks = tasks;
        this.engine = engine;
    }

    Moment read(Watched watched) {
        return look().read(watched);
    }

    /** A look at several pages, for which the list is read once. */
    Look look() {
        return new Look(tasks);
    }

    /** One look at what pages show. */
    static final class Look {

        private final ConsoleTasks tasks;
        private @Nullable List<TaskView> list;
        private @Nullable List<TaskAlert> alerts;

        private Look(ConsoleTasks tasks) {
            this.tasks = tasks;
        }

        Moment read(Watched watched) {
            return switch (watched) {
                case Watched.OneTask one ->
                    new Moment.OfTask(
                            tasks.get(one.id()), tasks.events(one.id(), TaskModels.EVENTS), tasks.alerts(one.id()));
                case Watched.TaskList shown -> new Moment.OfList(list(), shown.query(), alerts());
            };
        }

        private List<TaskView> list() {
            return list == null ? list = tasks.list() : list;
        }

        private List<TaskAlert> alerts() {
            return alerts == null ? alerts = tasks.alerts() : alerts;
        }
    }

    /** HTML by the name of the event that carries it. */
    Map<String, String> write(Moment moment, Audience audience) {
        return switch (moment) {
            case Moment.OfTask(var task, var events, var alerts) -> {
                var model = with(AlertFace.of(alerts), TaskModels.show(task, events, audience));
                yield Map.of(
                        "state", part("task/show", "taskHead", model, audience),
                        "progress", part("task/show", "taskProgress", model, audience),
                        "events", part("task/show", "taskEvents", model, audience));
            }
            case Moment.OfList(var list, var query, var alerts) -> {
                var model = with(AlertFace.byTask(alerts), TaskModels.list(list, query, audience));
                yield Map.of("tasks", part("task/list", "taskRows", model, audience));
            }
        };
    }

    private static Map<String, Object> with(Object alerts, Map<String, Object> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("alerts", alerts);
        return all;
    }

    private String part(String template, String fragment, Map<String, Object> model, Audience audience) {
        return engine.process(template, Set.of(fragment), new Context(audience.locale(), model));
    }
}
