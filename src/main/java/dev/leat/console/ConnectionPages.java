package dev.leat.console;

import dev.leat.connection.ConnectionKind;
import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.ConnectionView;
import dev.leat.connection.Connections;
import dev.leat.console.form.Errors;
import dev.leat.console.form.JsonForm;
import dev.leat.console.form.Sent;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Secret;
import dev.leat.settings.Violation;
import dev.leat.task.TaskView;
import dev.leat.task.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Registered connections: their list, and the page on which one is made, changed, tested and removed. */
@Controller
final class ConnectionPages {

    private static final String GROUP = "connection";
    private static final int MAX_LISTED = 500;

    private final Connections connections;
    private final ConnectionForms forms;
    private final Tasks tasks;

    ConnectionPages(Connections connections, ConnectionForms forms, Tasks tasks) {
        this.connections = connections;
        this.forms = forms;
        this.tasks = tasks;
    }

    /** A connection and the tasks that use it. */
    record Row(ConnectionView connection, List<TaskView> users) {}

    @GetMapping("/connections")
    String list(@RequestParam(defaultValue = "") String q, HttpServletRequest request, Locale locale, Model model) {
        List<TaskView> all = tasks.list();
        model.addAttribute(
                "rows",
                connections.list(null, q.strip(), "", MAX_LISTED).stream()
                        .map(connection -> new Row(connection, users(connection.name(), all)))
                        .toList());
        model.addAttribute("q", q);
        model.addAttribute("operator", Audience.of(request, locale).operator());
        return "connection/list";
    }

    /** A tilde is in no connection's name. */
    @GetMapping("/connections/~new")
    String begin(
            @RequestParam(defaultValue = "POSTGRESQL") ConnectionKind kind,
            HttpServletRequest request,
            Locale locale,
            Model model) {
        JsonForm form = forms.fresh(GROUP, kind);
        return page(null, form, new Turn.Stay(Errors.NONE, Map.of()), Audience.of(request, locale), model);
    }

    @GetMapping("/connections/{name}")
    String show(@PathVariable String name, HttpServletRequest request, Locale locale, Model model) {
        ConnectionView view = connections.read(name);
        return page(
                view, forms.of(GROUP, view), new Turn.Stay(Errors.NONE, Map.of()), Audience.of(request, locale), model);
    }

    @PostMapping("/connections/~new")
    String create(HttpServletRequest request, Locale locale, Model model, RedirectAttributes flashes) {
        Sent sent = new Sent(request.getParameterMap());
        JsonForm form = forms.fresh(GROUP, ConnectionKind.POSTGRESQL);
        return turn(null, form, sent, Audience.of(request, locale), model, flashes);
    }

    @PostMapping("/connections/{name}")
    String change(
            @PathVariable String name,
            HttpServletRequest request,
            Locale locale,
            Model model,
            RedirectAttributes flashes) {
        ConnectionView view = connections.read(name);
        JsonForm form = forms.of(GROUP, view);
        return turn(view, form, new Sent(request.getParameterMap()), Audience.of(request, locale), model, flashes);
    }

    @PostMapping("/connections/{name}/remove")
    String remove(@PathVariable String name, RedirectAttributes flashes) {
        try {
            connections.remove(name);
            flashes.addFlashAttribute("flash", new Flash(true, "flash.removed", name));
            return "redirect:/connections";
        } catch (ConnectionRefused e) {
            flashes.addFlashAttribute("flash", new Flash(false, "flash.refused", e.getMessage() + " " + e.remedy()));
            return "redirect:/connections/" + name;
        }
    }

    private String turn(
            @Nullable ConnectionView before,
            JsonForm form,
            Sent sent,
            Audience audience,
            Model model,
            RedirectAttributes flashes) {
        JsonForm registered = before == null ? form : forms.of(GROUP, before);
        List<Violation> unread = forms.read(form, GROUP, sent);
        forms.keepSecrets(form, GROUP, registered);
        if (!unread.isEmpty()) {
            return page(before, form, Turn.Stay.with(new Errors(unread)), audience, model);
        }
        try {
            if (Command.of(sent, "save").verb().equals("test")) {
                Map<String, Object> report = Map.of("report", connections.test(forms.draft(form, GROUP)));
                return page(before, form, new Turn.Stay(Errors.NONE, report), audience, model);
            }
            ConnectionView saved = save(before, form, sent);
            flashes.addFlashAttribute("flash", new Flash(true, "flash.kept", saved.name()));
            return "redirect:/connections";
        } catch (InvalidSettings e) {
            return page(
                    before,
                    form,
                    Turn.Stay.with(new Errors(ConnectionForms.in(form, GROUP, e.violations()))),
                    audience,
                    model);
        } catch (ConnectionRefused e) {
            Errors refused = Errors.of(GROUP + ".name", e.getMessage(), e.remedy());
            return page(before, form, Turn.Stay.with(refused), audience, model);
        }
    }

    private ConnectionView save(@Nullable ConnectionView before, JsonForm form, Sent sent) {
        if (before == null) {
            return connections.register(forms.draft(form, GROUP));
        }
        return connections.change(before.name(), forms.draft(form, GROUP), seen(sent.text("version"), before));
    }

    /** What is no number is no version that there was. */
    private static long seen(String version, ConnectionView before) {
        if (version.isEmpty()) {
            return before.version();
        }
        return version.matches("\\d{1,18}") ? Long.parseLong(version) : -1;
    }

    private String page(@Nullable ConnectionView view, JsonForm form, Turn.Stay turn, Audience audience, Model model) {
        model.addAttribute("connection", view);
        model.addAttribute("form", form);
        model.addAttribute("errors", turn.errors());
        model.addAttribute("kafka", ConnectionForms.isKafka(form.text(GROUP + ".kind")));
        model.addAttribute("kept", kept(view));
        model.addAttribute("operator", audience.operator());
        model.addAttribute("users", view == null ? List.of() : users(view.name(), tasks.list()));
        model.addAllAttributes(turn.more());
        return "connection/show";
    }

    /** Which secrets are kept. */
    private List<String> kept(@Nullable ConnectionView view) {
        if (view == null) {
            return List.of();
        }
        JsonForm form = forms.of(GROUP, view);
        return Stream.of("password", "clientKey", "schemaRegistry.password")
                .filter(field -> form.text(GROUP + "." + field).equals(Secret.MASK))
                .toList();
    }

    private static List<TaskView> users(String name, List<TaskView> tasks) {
        return tasks.stream()
                .filter(task -> !task.state().equals("RELEASED"))
                .filter(task -> task.source().equals(name) || task.destination().equals(name))
                .toList();
    }
}
