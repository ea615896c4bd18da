package dev.leat.console;

import dev.leat.task.Nodes;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Which nodes are there, what each runs, and how busy it is. */
@Controller
final class NodePages {

    private final Nodes nodes;

    NodePages(Nodes nodes) {
        this.nodes = nodes;
    }

    @GetMapping("/nodes")
    String list(Locale locale, Model model) {
        model.addAttribute("nodes", nodes.list());
        model.addAttribute("own", nodes.own().name());
        model.addAttribute("units", new Units(locale));
        return "nodes";
    }
}
