package dev.leat.console;

import dev.leat.task.RevisionView;
import dev.leat.task.TaskChanges;
import dev.leat.task.TaskFile;
import dev.leat.task.TaskView;
import dev.leat.task.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the rooms of a task have in common, and the history of its definition. */
@Component
final class TaskRooms {

    private static final int REVISIONS = 30;

    private final Tasks tasks;
    private final TaskChanges changes;
    private final EquivalentRequest request;
    private final TaskFile file;

    TaskRooms(Tasks tasks, TaskChanges changes, EquivalentRequest request, TaskFile file) {
        this.tasks = tasks;
        this.changes = changes;
        this.request = request;
        this.file = file;
    }

    /** A revision and how it differs from the one before; the first shows itself. */
    record Revision(RevisionView view, List<LineDiff.Line> lines, boolean first) {

        public long changed() {
            return lines.stream().filter(line -> !line.mark().equals(" ")).count();
        }
    }

    /** Whether the definition of a started task can be changed. */
    static boolean changeable(TaskView task) {
        return switch (task.state()) {
            case "RUNNING", "RETRYING", "PAUSED", "FAILED" -> true;
            default -> false;
        };
    }

    TaskView head(UUID id, HttpServletRequest http, Locale locale, Model model, String room) {
        TaskView task = tasks.get(id);
        Audience audience = Audience.of(http, locale);
        model.addAllAttributes(TaskModels.show(task, List.of(), audience));
        model.addAttribute("room", room);
        model.addAttribute("operator", audience.operator());
        model.addAttribute(
                "editable",
                audience.operator()
                        && (changeable(task) || TaskAction.in(task.state()).contains(TaskAction.START)));
        return task;
    }

    void definition(UUID id, HttpServletRequest http, Model model) {
        model.addAttribute("texts", request.of(tasks.settings(id), http));
        model.addAttribute("revisions", differences(changes.revisions(id, Integer.MAX_VALUE, REVISIONS + 1)));
    }

    private List<Revision> differences(List<RevisionView> newest) {
        List<Revision> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(REVISIONS, newest.size()); i++) {
            RevisionView view = newest.get(i);
            boolean first = i + 1 == newest.size();
            String before = first ? "" : file.yaml(newest.get(i + 1).definition());
            differences.add(new Revision(view, LineDiff.of(before, file.yaml(view.definition())), first));
        }
        return differences;
    }
}
