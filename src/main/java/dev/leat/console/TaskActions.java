package dev.leat.console;

import dev.leat.failure.SyncException;
import dev.leat.settings.InvalidSettings;
import dev.leat.task.NotInThisState;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Starts, pauses, resumes, restarts, releases and clones tasks, then leads back to the page that asked. */
@Controller
final class TaskActions {

    private final ConsoleTasks tasks;

    TaskActions(ConsoleTasks tasks) {
        this.tasks = tasks;
    }

    @PostMapping("/tasks/{id}/{action:start|pause|resume|restart|release}")
    String act(
            @PathVariable UUID id,
            @PathVariable String action,
            @RequestParam(defaultValue = "") String back,
            Principal user,
            RedirectAttributes next) {
        next.addFlashAttribute("flash", perform(TaskAction.valueOf(action.toUpperCase(Locale.ROOT)), id, user));
        return back.equals("list") ? "redirect:/tasks" : "redirect:/tasks/" + id;
    }

    /** The same for all tasks that are ticked; those whose state or settings forbid it stay as they are. */
    @PostMapping("/tasks/actions/{action:start|pause|resume|release}")
    String actOnSeveral(
            @PathVariable String action,
            @RequestParam(name = "ticked", defaultValue = "") List<UUID> ticked,
            Principal user,
            RedirectAttributes next) {
        TaskAction wanted = TaskAction.valueOf(action.toUpperCase(Locale.ROOT));
        List<UUID> able = ticked.stream()
                .filter(id -> TaskAction.in(tasks.get(id).state()).contains(wanted))
                .toList();
        long done = able.stream().filter(id -> perform(wanted, id, user).good()).count();
        String key = ticked.isEmpty() ? "flash.several.none" : "flash.several." + action;
        next.addFlashAttribute("flash", new Flash(done > 0, key, Long.toString(done)));
        return "redirect:/tasks";
    }

    /** Leads into the setup of the copy, where it is made to differ. */
    @PostMapping("/tasks/{id}/clone")
    String copy(@PathVariable UUID id, Principal user, RedirectAttributes next) {
        String name = tasks.get(id).name();
        UUID copy = tasks.copy(id, user.getName());
        next.addFlashAttribute("flash", new Flash(true, "flash.clone", name));
        return "redirect:/tasks/" + copy + "/edit/" + WizardStep.ENDS.path();
    }

    private Flash perform(TaskAction action, UUID id, Principal user) {
        try {
            action.perform(tasks, id, user.getName());
            return new Flash(true, "flash." + action.path(), tasks.get(id).name());
        } catch (NotInThisState | InvalidSettings | SyncException refusal) {
            return new Flash(false, "flash.refused", String.valueOf(refusal.getMessage()));
        }
    }
}
