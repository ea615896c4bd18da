package dev.leat.console;

import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form to sign in; Spring Security takes what is sent. */
@Controller
final class SignInPage {

    @GetMapping("/login")
    String login(@RequestParam Map<String, String> query, Model model) {
        model.addAttribute("refused", query.containsKey("error"));
        model.addAttribute("limited", query.containsKey("limited"));
        model.addAttribute("signedOut", query.containsKey("logout"));
        return "login";
    }
}
