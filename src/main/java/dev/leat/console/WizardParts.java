package dev.leat.console;

import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.Connections;
import dev.leat.console.form.Sent;
import dev.leat.failure.SyncException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Parts of the wizard's pages that scripts ask for while a person types or waits. */
@Controller
final class WizardParts {

    private static final int OFFERED = 500;

    private final Connections connections;
    private final DraftDesk drafts;
    private final ObjectsStep objects;
    private final SourceTree tree;
    private final PrecheckStep precheck;

    WizardParts(
            Connections connections, DraftDesk drafts, ObjectsStep objects, SourceTree tree, PrecheckStep precheck) {
        this.connections = connections;
        this.drafts = drafts;
        this.objects = objects;
        this.tree = tree;
        this.precheck = precheck;
    }

    @GetMapping("/offers/databases")
    String databases(@RequestParam("source.connection") String connection, Model model) {
        return offers(() -> connections.databases(connection), model);
    }

    @GetMapping("/offers/topics")
    String topics(
            @RequestParam(name = "destination.connection", defaultValue = "") String chosen,
            @RequestParam(defaultValue = "") String connection,
            Model model) {
        String name = connection.isEmpty() ? chosen : connection;
        return offers(() -> connections.topics(name, "", "", OFFERED), model);
    }

    /** Nothing to offer is no error: what is typed counts. */
    private static String offers(Supplier<List<String>> names, Model model) {
        try {
            model.addAttribute("offers", names.get());
        } catch (SyncException | ConnectionRefused e) {
            model.addAttribute("offers", List.of());
        }
        return "wizard/parts :: offers";
    }

    @GetMapping("/tasks/{id}/edit/objects/tree")
    String tree(@PathVariable UUID id, HttpServletRequest request, Locale locale, Model model) {
        Draft draft = drafts.open(id);
        Sent query = new Sent(request.getParameterMap());
        model.addAttribute("draft", draft);
        model.addAttribute("base", request.getContextPath());
        model.addAttribute("units", new Units(locale));
        model.addAttribute(
                "tree",
                tree.look(
                        draft,
                        objects.selection(draft),
                        query.text("q"),
                        query.text("schema"),
                        ObjectKey.parse(query.text("after"))));
        model.addAttribute("plain", query.has("plain"));
        return query.text("after").isEmpty() ? "wizard/parts :: tree" : "wizard/parts :: tables";
    }

    @GetMapping("/tasks/{id}/edit/precheck/items")
    String precheck(@PathVariable UUID id, HttpServletRequest request, Locale locale, Model model) {
        Draft draft = drafts.open(id);
        model.addAttribute("draft", draft);
        model.addAttribute("base", request.getContextPath());
        model.addAttribute("units", new Units(locale));
        model.addAttribute("precheck", precheck.board(draft));
        model.addAttribute("badge", Badge.ofTask(draft.kept().state()));
        return "wizard/precheck :: live";
    }
}
