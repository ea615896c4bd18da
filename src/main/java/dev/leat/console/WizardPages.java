package dev.leat.console;

import dev.leat.console.form.Errors;
import dev.leat.console.form.Sent;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Violation;
import dev.leat.task.NotInThisState;
import dev.leat.task.RevisionConflict;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The wizard: a draft is kept at every step, and may be left and found again. */
@Controller
final class WizardPages {

    private static final Flash SAVED = new Flash(true, "flash.saved", "");

    private final DraftDesk drafts;
    private final EquivalentRequest request;
    private final Map<WizardStep, StepDesk> desks = new EnumMap<>(WizardStep.class);

    WizardPages(DraftDesk drafts, EquivalentRequest request, List<StepDesk> desks) {
        this.drafts = drafts;
        this.request = request;
        desks.forEach(desk -> this.desks.put(desk.step(), desk));
    }

    @GetMapping("/tasks/new")
    String begin(HttpServletRequest request, Locale locale, Model model) {
        return page(WizardStep.ENDS, drafts.fresh(), Turn.Stay.with(Errors.NONE), request, locale, model);
    }

    @PostMapping("/tasks/new")
    String create(HttpServletRequest request, Locale locale, Model model, Principal user, RedirectAttributes flashes) {
        return turn(WizardStep.ENDS, drafts.fresh(), request, locale, model, user, flashes);
    }

    /** Where a draft was left. */
    @GetMapping("/tasks/{id}/edit")
    String resume(@PathVariable UUID id) {
        Draft draft = drafts.open(id);
        if (!draft.isOpen() && !isChecking(draft)) {
            return "redirect:/tasks/" + id;
        }
        WizardStep step = draft.kept().state().equals("DRAFT")
                ? drafts.errors(draft).all().stream()
                        .map(wrong -> WizardStep.asking(wrong.field()))
                        .min(Comparator.naturalOrder())
                        .orElse(WizardStep.PRECHECK)
                : WizardStep.PRECHECK;
        return "redirect:" + draft.path(step);
    }

    @GetMapping("/tasks/{id}/edit/{step:ends|objects|advanced|precheck|start}")
    String show(
            @PathVariable UUID id, @PathVariable String step, HttpServletRequest request, Locale locale, Model model) {
        Draft draft = drafts.open(id);
        WizardStep wanted = WizardStep.of(step).orElseThrow();
        if (isChecking(draft)) {
            wanted = WizardStep.PRECHECK;
        } else if (!draft.isOpen()) {
            return "redirect:/tasks/" + id;
        }
        return page(wanted, draft, Turn.Stay.with(Errors.NONE), request, locale, model);
    }

    @PostMapping("/tasks/{id}/edit/{step:ends|objects|advanced|precheck|start}")
    String act(
            @PathVariable UUID id,
            @PathVariable String step,
            HttpServletRequest request,
            Locale locale,
            Model model,
            Principal user,
            RedirectAttributes flashes) {
        return turn(WizardStep.of(step).orElseThrow(), drafts.open(id), request, locale, model, user, flashes);
    }

    private static boolean isChecking(Draft draft) {
        return draft.isKept() && draft.kept().state().equals("PRECHECKING");
    }

    private String turn(
            WizardStep step,
            Draft draft,
            HttpServletRequest request,
            Locale locale,
            Model model,
            Principal user,
            RedirectAttributes flashes) {
        try {
            Sent sent = new Sent(request.getParameterMap());
            Turn turn = turn(desk(step), draft, sent, user.getName());
            return switch (turn) {
                case Turn.To to -> {
                    flash(to, flashes);
                    yield "redirect:" + to.path();
                }
                case Turn.Stay stay -> page(step, draft, stay, request, locale, model);
            };
        } catch (NotInThisState refusal) {
            flashes.addFlashAttribute("flash", new Flash(false, "flash.refused", String.valueOf(refusal.getMessage())));
            return "redirect:/tasks/" + draft.id();
        }
    }

    private static void flash(Turn.To to, RedirectAttributes flashes) {
        if (to.flash() != null) {
            flashes.addFlashAttribute("flash", to.flash());
        }
    }

    private Turn turn(StepDesk desk, Draft draft, Sent sent, String actor) {
        List<Violation> unread = new ArrayList<>();
        if (draft.isOpen()) {
            unread.addAll(draft.form().read(desk.step().fields(), sent));
            unread.addAll(desk.read(draft, sent));
        }
        if (!unread.isEmpty()) {
            return Turn.Stay.with(new Errors(unread));
        }
        try {
            if (draft.isKept() && draft.isOpen() && seen(sent) != draft.kept().version()) {
                return Turn.Stay.with(overtaken());
            }
            return turn(desk, draft, Command.of(sent, "stay"), sent, actor);
        } catch (InvalidSettings e) {
            return Turn.Stay.with(new Errors(e.violations()));
        } catch (RevisionConflict e) {
            return Turn.Stay.with(overtaken());
        }
    }

    private Turn turn(StepDesk desk, Draft draft, Command command, Sent sent, String actor) {
        WizardStep step = desk.step();
        return switch (command.verb()) {
            case "back" -> {
                desk.settle(draft, sent);
                yield kept(draft, step.previous(), actor);
            }
            case "goto" -> {
                desk.settle(draft, sent);
                yield kept(draft, WizardStep.of(command.argument()).orElse(step), actor);
            }
            case "leave" -> {
                desk.settle(draft, sent);
                UUID id = drafts.keep(draft, actor);
                yield new Turn.To("/tasks/" + id, SAVED);
            }
            case "next" -> next(desk, draft, sent, actor);
            default -> desk.act(draft, command, sent, actor);
        };
    }

    /** Goes to another step with what is there, right or not. */
    private Turn kept(Draft draft, WizardStep step, String actor) {
        UUID id = draft.isOpen() ? drafts.keep(draft, actor) : draft.id();
        return new Turn.To("/tasks/" + id + "/edit/" + step.path());
    }

    private Turn next(StepDesk desk, Draft draft, Sent sent, String actor) {
        if (draft.isKept() && draft.isOpen()) {
            drafts.keep(draft, actor);
        }
        if (desk.step() == WizardStep.ENDS) {
            return desk.next(draft, sent, actor);
        }
        Errors own = drafts.errors(draft).only(field -> WizardStep.asking(field) == desk.step());
        return own.isEmpty() ? desk.next(draft, sent, actor) : Turn.Stay.with(own);
    }

    private static long seen(Sent sent) {
        try {
            return Long.parseLong(sent.text("revision"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Errors overtaken() {
        return Errors.told("revision", "wrong.overtaken");
    }

    private String page(
            WizardStep step, Draft draft, Turn.Stay turn, HttpServletRequest request, Locale locale, Model model) {
        Audience audience = Audience.of(request, locale);
        Draft fresh = draft.isKept() && turn.errors().at("revision") == null ? reread(draft) : draft;
        model.addAttribute("draft", fresh);
        model.addAttribute("form", draft.form());
        model.addAttribute("errors", turn.errors());
        model.addAttribute("step", step);
        model.addAttribute("steps", WizardStep.values());
        model.addAttribute("badge", Badge.ofTask(fresh.isKept() ? fresh.kept().state() : "DRAFT"));
        model.addAttribute("units", new Units(locale));
        model.addAttribute("base", audience.base());
        model.addAttribute("action", audience.base() + draft.path(step));
        model.addAttribute("equivalent", this.request.of(draft, request));
        model.addAllAttributes(desk(step).model(draft, new Sent(request.getParameterMap()), audience));
        model.addAllAttributes(turn.more());
        return "wizard/" + step.path();
    }

    /** A save that stayed on the page has made a new revision. */
    private Draft reread(Draft draft) {
        return new Draft(drafts.open(draft.id()).task(), draft.form());
    }

    private StepDesk desk(WizardStep step) {
        StepDesk desk = desks.get(step);
        if (desk == null) {
            throw new IllegalStateException("no desk for step " + step);
        }
        return desk;
    }
}
