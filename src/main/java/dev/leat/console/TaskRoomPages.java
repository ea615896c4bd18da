package dev.leat.console;

import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.Connections;
import dev.leat.connection.RecordView;
import dev.leat.failure.SyncException;
import dev.leat.settings.TaskSettings;
import dev.leat.task.TableView;
import dev.leat.task.TaskView;
import dev.leat.task.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What else there is to see of a task: the precheck, and records of its topics. */
@Controller
final class TaskRoomPages {

    private static final int TABLES = 2_000;
    private static final int RECORDS = 10;

    private final Tasks tasks;
    private final TaskRooms rooms;
    private final Connections connections;

    TaskRoomPages(Tasks tasks, TaskRooms rooms, Connections connections) {
        this.tasks = tasks;
        this.rooms = rooms;
        this.connections = connections;
    }

    @GetMapping("/tasks/{id}/precheck")
    String precheck(@PathVariable UUID id, HttpServletRequest http, Locale locale, Model model) {
        TaskView task = rooms.head(id, http, locale, model, "precheck");
        model.addAttribute("precheck", PrecheckBoard.of(task.state(), tasks.prechecked(id)));
        return "task/precheck";
    }

    /** The rows of a source are not for viewers: the filter chain asks for an operator. */
    @GetMapping("/tasks/{id}/records")
    String records(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String topic,
            HttpServletRequest http,
            Locale locale,
            Model model) {
        TaskView task = rooms.head(id, http, locale, model, "records");
        List<String> topics = topics(id);
        String wanted =
                topics.contains(topic) ? topic : topics.stream().findFirst().orElse("");
        model.addAttribute("topics", topics);
        model.addAttribute("topic", wanted);
        model.addAttribute("records", List.of());
        if (!wanted.isEmpty()) {
            peek(task, wanted, model);
        }
        return "task/records";
    }

    private void peek(TaskView task, String topic, Model model) {
        try {
            List<RecordView> records = connections.newest(task.destination(), topic, RECORDS);
            model.addAttribute("records", records);
        } catch (SyncException e) {
            model.addAttribute("trouble", e.getMessage());
            model.addAttribute("remedy", e.remedy());
        } catch (ConnectionRefused e) {
            model.addAttribute("trouble", e.getMessage());
            model.addAttribute("remedy", e.remedy());
        }
    }

    private List<String> topics(UUID id) {
        TaskSettings settings = tasks.settings(id);
        Stream<String> others = Stream.of(
                        settings.destination().ddlTopic(),
                        settings.destination().messageTopic(),
                        settings.sendsDeadLetters() ? settings.destination().deadLetterTopicOrDefault() : null)
                .filter(java.util.Objects::nonNull)
                .filter(topic -> !topic.contains("{"));
        return Stream.concat(
                        tasks.tables(id, "", "", TABLES).stream()
                                .map(TableView::topic)
                                .sorted(),
                        others)
                .distinct()
                .toList();
    }
}
