package dev.leat.console;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Versions, and whose work is in Leat under which licence. */
@Controller
final class AboutPages {

    private final JdbcClient jdbc;
    private final String version;
    private final List<ThirdParty.Work> works = ThirdParty.works();

    AboutPages(JdbcClient jdbc, ObjectProvider<BuildProperties> build) {
        this.jdbc = jdbc;
        BuildProperties properties = build.getIfAvailable();
        this.version = properties == null ? "dev" : String.valueOf(properties.getVersion());
    }

    @GetMapping("/about")
    String show(Model model) {
        model.addAttribute("version", version);
        model.addAttribute("java", Runtime.version().toString());
        model.addAttribute(
                "metadata",
                jdbc.sql("SELECT split_part(version(), ' on ', 1)")
                        .query(String.class)
                        .single());
        model.addAttribute("works", works);
        return "about";
    }
}
