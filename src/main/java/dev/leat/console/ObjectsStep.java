package dev.leat.console;

import dev.leat.console.form.Errors;
import dev.leat.console.form.JsonForm;
import dev.leat.console.form.Sent;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatOption;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Violation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.node.ObjectNode;

/** The second step: which objects, in which format. */
@Component
final class ObjectsStep implements StepDesk {

    private static final String OPTIONS = "format.options.";

    private final DraftDesk drafts;
    private final SourceTree tree;

    ObjectsStep(DraftDesk drafts, SourceTree tree) {
        this.drafts = drafts;
        this.tree = tree;
    }

    @Override
    public WizardStep step() {
        return WizardStep.OBJECTS;
    }

    @Override
    public Map<String, Object> model(Draft draft, Sent query, Audience audience) {
        Selection selection = selection(draft);
        return Map.of(
                "plain",
                false,
                "options",
                options(draft.form()),
                "tree",
                tree.look(
                        draft, selection, query.text("q"), query.text("schema"), ObjectKey.parse(query.text("after"))),
                "selected",
                SelectedObjects.of(selection, draft, drafts.database(draft)));
    }

    Selection selection(Draft draft) {
        return Selection.of(drafts.read(draft.form().at("objects"), ObjectSelection.class));
    }

    void select(Draft draft, Selection selection) {
        draft.form().put("objects", drafts.write(selection.objects()));
    }

    private static List<FormatOption> options(JsonForm form) {
        return FormatOption.of(FormatKind.valueOf(form.text("format.kind")));
    }

    /** Options of another format than the chosen one go; so does an option that was left empty. */
    @Override
    public List<Violation> read(Draft draft, Sent sent) {
        ObjectNode values = draft.form().json().objectNode();
        for (FormatOption option : options(draft.form())) {
            String value = sent.text(OPTIONS + option.name());
            boolean isDefault =
                    !option.values().isEmpty() && option.values().getFirst().equals(value);
            if (!value.isEmpty() && !isDefault) {
                values.put(option.name(), value);
            }
        }
        draft.form().put("format.options", values);
        return List.of();
    }

    @Override
    public Turn act(Draft draft, Command command, Sent sent, String actor) {
        Selection before = selection(draft);
        Selection after = moved(before, command, sent);
        if (command.verb().equals("add") && after.equals(before)) {
            return Turn.Stay.with(Errors.told("pick", "wrong.noTable"));
        }
        select(draft, after);
        UUID id = drafts.keep(draft, actor);
        return new Turn.To(edited(command, after, id).orElse(back(id, sent)));
    }

    private static Selection moved(Selection selection, Command command, Sent sent) {
        ObjectKey key = ObjectKey.parse(command.argument());
        return switch (command.verb()) {
            case "add" -> {
                Selection more = selection;
                for (String picked : sent.all("pick")) {
                    more = more.add(ObjectKey.parse(picked).rule());
                }
                yield more;
            }
            case "whole", "customize" -> selection.add(key.rule());
            case "remove" -> selection.remove(command.index());
            case "leaveout" -> selection.leaveOut(key.tableId());
            case "takeback" -> selection.takeBack(key.tableId());
            default -> selection;
        };
    }

    /** The page of one object, where that was asked for. */
    private static java.util.Optional<String> edited(Command command, Selection selection, UUID id) {
        OptionalInt index = switch (command.verb()) {
            case "customize" ->
                selection.indexOf(ObjectKey.parse(command.argument()).rule());
            case "edit" -> OptionalInt.of(command.index());
            default -> OptionalInt.empty();
        };
        return index.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of("/tasks/" + id + "/edit/object/" + index.getAsInt());
    }

    /** The same place in the tree. */
    private static String back(UUID id, Sent sent) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/tasks/{id}/edit/objects");
        for (String name : List.of("q", "schema", "after")) {
            if (!sent.text(name).isEmpty()) {
                uri.queryParam(name, "{" + name + "}");
            }
        }
        return uri.encode()
                .buildAndExpand(Map.of(
                        "id", id, "q", sent.text("q"), "schema", sent.text("schema"), "after", sent.text("after")))
                .toUriString();
    }
}
