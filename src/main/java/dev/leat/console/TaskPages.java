package dev.leat.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of tasks and the page of one. */
@Controller
final class TaskPages {

    private static final List<String> STATES = List.of(
            "DRAFT",
            "PRECHECKING",
            "PRECHECK_FAILED",
            "READY",
            "RUNNING",
            "RETRYING",
            "PAUSED",
            "FAILED",
            "FINISHED",
            "RELEASED");
    private static final List<String> TABLE_STATES = List.of("WAITING", "COPYING", "COPIED", "FOLLOWING", "SET_ASIDE");

    private final ConsoleTasks tasks;

    TaskPages(ConsoleTasks tasks) {
        this.tasks = tasks;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/tasks";
    }

    @GetMapping("/tasks")
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page,
            HttpServletRequest request,
            Locale locale,
            Model model) {
        ListQuery query = new ListQuery(q, state, sort, page);
        model.addAllAttributes(TaskModels.list(tasks.list(), query, Audience.of(request, locale)));
        model.addAttribute("alerts", AlertFace.byTask(tasks.alerts()));
        model.addAttribute("states", STATES);
        model.addAttribute("sorts", ListQuery.SORTS);
        return "task/list";
    }

    @GetMapping("/tasks/{id}")
    String show(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            HttpServletRequest request,
            Locale locale,
            Model model) {
        addTask(id, Audience.of(request, locale), model);
        model.addAttribute("alerts", AlertFace.of(tasks.alerts(id)));
        return addTables(id, q, state, request, locale, model, "task/show");
    }

    @GetMapping("/tasks/{id}/tables")
    String tables(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            HttpServletRequest request,
            Locale locale,
            Model model) {
        return addTables(id, q, state, request, locale, model, "task/show :: taskTables");
    }

    /** Asks once more, for browsers without JavaScript; the others open a dialog. */
    @GetMapping("/tasks/{id}/{action:restart|release}")
    String confirm(
            @PathVariable UUID id,
            @PathVariable String action,
            HttpServletRequest request,
            Locale locale,
            Model model) {
        addTask(id, Audience.of(request, locale), model);
        model.addAttribute("action", action);
        return "task/confirm";
    }

    private void addTask(UUID id, Audience audience, Model model) {
        model.addAllAttributes(TaskModels.show(tasks.get(id), tasks.events(id, TaskModels.EVENTS), audience));
    }

    private String addTables(
            UUID id, String q, String state, HttpServletRequest request, Locale locale, Model model, String view) {
        var found = tasks.tables(id, state, q, TaskModels.TABLES + 1);
        model.addAllAttributes(TaskModels.tables(found, q, state, Audience.of(request, locale)));
        model.addAttribute("tableStates", TABLE_STATES);
        boolean changeable = Audience.of(request, locale).operator() && TaskRooms.changeable(tasks.get(id));
        model.addAttribute("changeable", changeable);
        model.addAttribute("resync", changeable);
        model.addAttribute("taskId", id);
        model.addAttribute("base", request.getContextPath());
        return view;
    }
}
