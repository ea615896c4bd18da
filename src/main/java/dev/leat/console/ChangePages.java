package dev.leat.console;

import dev.leat.console.form.Errors;
import dev.leat.console.form.Sent;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.TaskSettings;
import dev.leat.task.NotInThisState;
import dev.leat.task.RevisionConflict;
import dev.leat.task.TableNotFound;
import dev.leat.task.TaskChanges;
import dev.leat.task.TaskView;
import dev.leat.task.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changes what a task does, also while it runs: its objects, its whole definition, one table copied again. */
@Controller
final class ChangePages {

    private final Tasks tasks;
    private final TaskChanges changes;
    private final DraftDesk drafts;
    private final SourceTree tree;
    private final TaskRooms rooms;
    private final DefinitionText definitions;

    ChangePages(
            Tasks tasks,
            TaskChanges changes,
            DraftDesk drafts,
            SourceTree tree,
            TaskRooms rooms,
            DefinitionText definitions) {
        this.tasks = tasks;
        this.changes = changes;
        this.drafts = drafts;
        this.tree = tree;
        this.rooms = rooms;
        this.definitions = definitions;
    }

    @GetMapping("/tasks/{id}/objects")
    String objects(@PathVariable UUID id, HttpServletRequest http, Locale locale, Model model) {
        return objects(id, Errors.NONE, http, locale, model);
    }

    @PostMapping("/tasks/{id}/objects")
    String changeObjects(
            @PathVariable UUID id,
            HttpServletRequest http,
            Locale locale,
            Model model,
            Principal user,
            RedirectAttributes flashes) {
        Sent sent = new Sent(http.getParameterMap());
        if (!Command.of(sent, "stay").verb().equals("apply")) {
            return objects(id, Errors.NONE, http, locale, model);
        }
        Draft draft = drafts.open(id);
        Selection before = selection(draft);
        Selection after = changed(before, sent);
        if (after.equals(before) || after.isNothing()) {
            Errors none = Errors.told("objects", after.isNothing() ? "wrong.noObject" : "wrong.noneTicked");
            return objects(id, none, http, locale, model);
        }
        draft.form().put("objects", drafts.write(after.objects()));
        Errors refused = change(id, sent, () -> drafts.settings(draft), user);
        if (!refused.isEmpty()) {
            return objects(id, refused, http, locale, model);
        }
        return done(id, flashes);
    }

    private static Selection changed(Selection before, Sent sent) {
        Selection after = before;
        List<Integer> dropped = sent.all("drop").stream()
                .map(index -> new Command("drop", index).index())
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int index : dropped) {
            after = after.remove(index);
        }
        for (String picked : sent.all("pick")) {
            after = after.add(ObjectKey.parse(picked).rule());
        }
        return after;
    }

    @GetMapping("/tasks/{id}/definition")
    String definition(@PathVariable UUID id, HttpServletRequest http, Locale locale, Model model) {
        return definition(id, Errors.NONE, definitions.write(tasks.settings(id)), http, locale, model);
    }

    @PostMapping("/tasks/{id}/definition")
    String changeDefinition(
            @PathVariable UUID id,
            HttpServletRequest http,
            Locale locale,
            Model model,
            Principal user,
            RedirectAttributes flashes) {
        Sent sent = new Sent(http.getParameterMap());
        String text = sent.area("definition");
        Errors refused = change(id, sent, () -> definitions.read(text), user);
        return refused.isEmpty() ? done(id, flashes) : definition(id, refused, text, http, locale, model);
    }

    @PostMapping("/tasks/{id}/resync")
    String resync(@PathVariable UUID id, @RequestParam String table, Principal user, RedirectAttributes flashes) {
        try {
            changes.resync(id, table, user.getName());
            flashes.addFlashAttribute("flash", new Flash(true, "flash.resync", table));
        } catch (NotInThisState | TableNotFound | InvalidSettings e) {
            flashes.addFlashAttribute("flash", new Flash(false, "flash.refused", String.valueOf(e.getMessage())));
        }
        return "redirect:/tasks/" + id;
    }

    /** Answers why it was refused; nothing when it was done. */
    private Errors change(UUID id, Sent sent, Supplier<TaskSettings> settings, Principal user) {
        try {
            changes.change(id, new Command("revision", sent.text("revision")).number(), settings.get(), user.getName());
            return Errors.NONE;
        } catch (InvalidSettings e) {
            return new Errors(e.violations());
        } catch (RevisionConflict | NotInThisState e) {
            return Errors.of("revision", String.valueOf(e.getMessage()), "wrong.reload");
        }
    }

    private static String done(UUID id, RedirectAttributes flashes) {
        flashes.addFlashAttribute("flash", new Flash(true, "flash.changed", ""));
        return "redirect:/tasks/" + id;
    }

    private String objects(UUID id, Errors errors, HttpServletRequest http, Locale locale, Model model) {
        TaskView task = rooms.head(id, http, locale, model, "overview");
        if (!TaskRooms.changeable(task)) {
            return "redirect:/tasks/" + id;
        }
        Draft draft = drafts.open(id);
        Sent query = new Sent(http.getParameterMap());
        Selection selection = selection(draft);
        model.addAttribute("errors", errors);
        model.addAttribute("draft", draft);
        model.addAttribute("plain", true);
        model.addAttribute(
                "tree",
                tree.look(
                        draft, selection, query.text("q"), query.text("schema"), ObjectKey.parse(query.text("after"))));
        model.addAttribute("selected", SelectedObjects.of(selection, draft, drafts.database(draft)));
        return "task/objects";
    }

    private Selection selection(Draft draft) {
        return Selection.of(drafts.read(draft.form().at("objects"), dev.leat.settings.ObjectSelection.class));
    }

    private String definition(
            UUID id, Errors errors, String text, HttpServletRequest http, Locale locale, Model model) {
        rooms.head(id, http, locale, model, "definition");
        rooms.definition(id, http, model);
        model.addAttribute("errors", errors);
        model.addAttribute("text", text);
        model.addAttribute("rows", Math.clamp(text.lines().count() + 1, 8, 40));
        return "task/definition";
    }
}
