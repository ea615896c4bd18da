package dev.leat.console;

import dev.leat.console.form.Errors;
import dev.leat.console.form.JsonForm;
import dev.leat.security.AccountRefused;
import dev.leat.security.Accounts;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** A user's own password and API tokens. */
@Controller
final class AccountPages {

    private final Accounts accounts;
    private final JsonMapper json;
    private final Clock clock;

    AccountPages(Accounts accounts, JsonMapper json, Clock clock) {
        this.accounts = accounts;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping("/account")
    String show(Principal user, Locale locale, Model model) {
        return page(user, Errors.NONE, "", locale, model);
    }

    @PostMapping("/account/password")
    String password(
            @RequestParam String current,
            @RequestParam String password,
            @RequestParam String repeated,
            Principal user,
            Locale locale,
            Model model,
            RedirectAttributes flashes) {
        if (!password.equals(repeated)) {
            Errors differ = Errors.told("repeated", "wrong.passwords");
            return page(user, differ, "", locale, model);
        }
        try {
            accounts.changePassword(user.getName(), current, password);
            flashes.addFlashAttribute("flash", new Flash(true, "flash.password", ""));
            return "redirect:/account";
        } catch (AccountRefused e) {
            return page(user, Errors.of(e.field(), e.problem(), e.remedy()), "", locale, model);
        }
    }

    /** Its text is shown on the next page, and never again. */
    @PostMapping("/account/tokens")
    String createToken(
            @RequestParam String name,
            @RequestParam(defaultValue = "0") int days,
            Principal user,
            Locale locale,
            Model model,
            RedirectAttributes flashes) {
        try {
            flashes.addFlashAttribute(
                    "newToken",
                    accounts.createToken(user.getName(), name.strip(), ends(days))
                            .text());
            return "redirect:/account";
        } catch (AccountRefused e) {
            return page(user, Errors.of(e.field(), e.problem(), e.remedy()), name, locale, model);
        }
    }

    @PostMapping("/account/tokens/{id}/revoke")
    String revokeToken(@PathVariable UUID id, Principal user, RedirectAttributes flashes) {
        boolean done = accounts.revokeToken(user.getName(), id);
        flashes.addFlashAttribute("flash", new Flash(done, done ? "flash.revoked" : "flash.revoked.gone", ""));
        return "redirect:/account";
    }

    private @Nullable Instant ends(int days) {
        return days <= 0 ? null : clock.instant().plus(Duration.ofDays(days));
    }

    private String page(Principal user, Errors errors, String name, Locale locale, Model model) {
        JsonForm form = new JsonForm(json.createObjectNode());
        form.type("name", name);
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        model.addAttribute("tokens", accounts.tokens(user.getName()));
        model.addAttribute("days", List.of(30, 90, 365, 0));
        model.addAttribute("units", new Units(locale));
        return "account";
    }
}
