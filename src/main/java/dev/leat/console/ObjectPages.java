package dev.leat.console;

import dev.leat.change.TableId;
import dev.leat.connection.ColumnSummary;
import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.Connections;
import dev.leat.console.form.Errors;
import dev.leat.console.form.JsonForm;
import dev.leat.console.form.Sent;
import dev.leat.failure.SyncException;
import dev.leat.precheck.FilterTrial;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Violation;
import dev.leat.task.NotInThisState;
import dev.leat.task.RevisionConflict;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** One selected object of a draft: its topic, columns, filter and operations. */
@Controller
final class ObjectPages {

    private final DraftDesk drafts;
    private final ObjectsStep objects;
    private final ObjectForm forms;
    private final Connections connections;

    ObjectPages(DraftDesk drafts, ObjectsStep objects, ObjectForm forms, Connections connections) {
        this.drafts = drafts;
        this.objects = objects;
        this.forms = forms;
        this.connections = connections;
    }

    @GetMapping("/tasks/{id}/edit/object/{index}")
    String show(@PathVariable UUID id, @PathVariable int index, Locale locale, Model model) {
        Draft draft = drafts.open(id);
        Selection selection = objects.selection(draft);
        if (!draft.isOpen() || index < 0 || index >= selection.include().size()) {
            return "redirect:/tasks/" + id + "/edit/objects";
        }
        return page(draft, index, Errors.NONE, locale, model);
    }

    @PostMapping("/tasks/{id}/edit/object/{index}")
    String act(
            @PathVariable UUID id,
            @PathVariable int index,
            HttpServletRequest request,
            Principal user,
            Locale locale,
            Model model) {
        Draft draft = drafts.open(id);
        Sent sent = new Sent(request.getParameterMap());
        if (!draft.isOpen()
                || index < 0
                || index >= objects.selection(draft).include().size()) {
            return "redirect:/tasks/" + id + "/edit/objects";
        }
        try {
            return act(draft, index, sent, user, locale, model);
        } catch (InvalidSettings e) {
            return page(draft, index, new Errors(e.violations()), locale, model);
        } catch (RevisionConflict | NotInThisState e) {
            return page(
                    draft, index, Errors.of("revision", String.valueOf(e.getMessage()), "wrong.reload"), locale, model);
        }
    }

    private String act(Draft draft, int index, Sent sent, Principal user, Locale locale, Model model) {
        List<Violation> unread = forms.read(draft.form(), index, sent);
        if (!unread.isEmpty()) {
            return page(draft, index, new Errors(unread), locale, model);
        }
        if (Command.of(sent, "done").verb().equals("verify")) {
            Errors trouble = tried(draft, index, model);
            return page(draft, index, trouble, locale, model);
        }
        Errors own = drafts.errors(draft).only(field -> field.startsWith(ObjectForm.path(index)));
        if (!own.isEmpty()) {
            return page(draft, index, own, locale, model);
        }
        drafts.keep(draft, user.getName());
        return "redirect:/tasks/" + draft.id() + "/edit/objects";
    }

    /** Asks the source what the filter lets through; answers what is wrong with it. */
    private Errors tried(Draft draft, int index, Model model) {
        ObjectRule rule = rule(draft, index);
        String field = ObjectForm.path(index) + ".filter";
        if (rule.filter() == null || rule.filter().isBlank()) {
            return Errors.told(field, "wrong.noCondition");
        }
        try {
            TableId table = new TableId(String.valueOf(rule.schema()), String.valueOf(rule.table()));
            model.addAttribute(
                    "tried",
                    new FilterTrial(
                                    connections.source(
                                            draft.form().text("source.connection"),
                                            draft.form().text("source.database")),
                                    "leat-filter-trial")
                            .run(table, rule.filter()));
            return Errors.NONE;
        } catch (SyncException e) {
            return Errors.of(field, e.getMessage(), e.remedy());
        }
    }

    private ObjectRule rule(Draft draft, int index) {
        return drafts.read(draft.form().at(ObjectForm.path(index)), ObjectRule.class);
    }

    private List<ColumnSummary> columns(ObjectRule rule, Draft draft) {
        if (rule.schema() == null || rule.table() == null) {
            return List.of();
        }
        try {
            return connections.columns(
                    draft.form().text("source.connection"),
                    draft.form().text("source.database"),
                    rule.schema(),
                    rule.table());
        } catch (SyncException | ConnectionRefused e) {
            return List.of();
        }
    }

    private String page(Draft draft, int index, Errors errors, Locale locale, Model model) {
        JsonForm form = draft.form();
        ObjectRule rule = rule(draft, index);
        model.addAllAttributes(Map.of(
                "draft",
                draft,
                "form",
                form,
                "errors",
                errors,
                "rule",
                rule,
                "path",
                ObjectForm.path(index),
                "kind",
                SelectedObjects.kind(rule),
                "columns",
                new ArrayList<>(ObjectForm.columns(rule, columns(rule, draft))),
                "topic",
                SelectedObjects.topic(rule, draft, drafts.database(draft)),
                "units",
                new Units(locale)));
        return "wizard/object";
    }
}
