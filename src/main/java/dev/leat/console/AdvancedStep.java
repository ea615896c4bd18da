package dev.leat.console;

import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.Connections;
import dev.leat.connection.TableSearch;
import dev.leat.console.form.Errors;
import dev.leat.console.form.Sent;
import dev.leat.failure.SyncException;
import dev.leat.precheck.EtlDryRun;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.TableEtl;
import dev.leat.settings.Violation;
import dev.leat.task.Nodes;
import dev.leat.task.Tasks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The third step: retry windows, limits, labels, and ETL with a try on rows of the source. */
@Component
final class AdvancedStep implements StepDesk {

    private static final int ROWS = 10;
    private static final int OFFERED_TABLES = 200;

    private final DraftDesk drafts;
    private final EtlForm etl;
    private final Connections connections;
    private final Tasks tasks;
    private final Nodes nodes;
    private final Clock clock;

    AdvancedStep(DraftDesk drafts, EtlForm etl, Connections connections, Tasks tasks, Nodes nodes, Clock clock) {
        this.drafts = drafts;
        this.etl = etl;
        this.connections = connections;
        this.tasks = tasks;
        this.nodes = nodes;
        this.clock = clock;
    }

    @Override
    public WizardStep step() {
        return WizardStep.ADVANCED;
    }

    @Override
    public Map<String, Object> model(Draft draft, Sent query, Audience audience) {
        Map<String, Object> model = new HashMap<>();
        model.put("etl", etl.entries(draft.form()));
        model.put("tables", offered(draft));
        model.put("workerGroups", nodes.groups());
        try {
            model.put("source", connections.read(draft.form().text("source.connection")));
            model.put("destination", connections.read(draft.form().text("destination.connection")));
        } catch (ConnectionRefused gone) {
            // told at the first step
            model.remove("source");
        }
        return model;
    }

    /** Names for the ETL's list of tables; none when the source cannot be asked. */
    private List<String> offered(Draft draft) {
        try {
            return connections
                    .tables(
                            draft.form().text("source.connection"),
                            draft.form().text("source.database"),
                            TableSearch.first("", "", OFFERED_TABLES))
                    .stream()
                    .map(table -> table.schema() + "." + table.table())
                    .toList();
        } catch (SyncException | ConnectionRefused e) {
            return List.of();
        }
    }

    @Override
    public List<Violation> read(Draft draft, Sent sent) {
        return etl.read(draft.form(), sent);
    }

    @Override
    public Turn act(Draft draft, Command command, Sent sent, String actor) {
        return switch (command.verb()) {
            case "addetl" -> {
                etl.add(draft.form());
                yield Turn.Stay.with(Errors.NONE);
            }
            case "dropetl" -> {
                etl.remove(draft.form(), command.index());
                drafts.keep(draft, actor);
                yield Turn.Stay.with(Errors.NONE);
            }
            case "try" -> tried(draft, command.index());
            default -> {
                drafts.keep(draft, actor);
                yield Turn.Stay.with(Errors.NONE);
            }
        };
    }

    /** Shows what the steps make of rows of the source. */
    private Turn tried(Draft draft, int index) {
        String field = "etl[" + index + "]";
        if (draft.form().at(field).isMissingNode()) {
            return Turn.Stay.with(Errors.NONE);
        }
        TableEtl table = drafts.read(draft.form().at(field), TableEtl.class);
        List<Violation> wrong = table.violations(field);
        if (!wrong.isEmpty()) {
            return Turn.Stay.with(new Errors(wrong));
        }
        try {
            EtlDryRun run = new EtlDryRun(
                    connections.source(
                            draft.form().text("source.connection"), draft.form().text("source.database")),
                    "leat-etl-dry-run",
                    clock);
            return new Turn.Stay(Errors.NONE, Map.of("tried", index, "sample", run.run(table, field, ROWS)));
        } catch (SyncException e) {
            return Turn.Stay.with(Errors.of(field, e.getMessage(), e.remedy()));
        }
    }

    /** Saved; the precheck begins unless something of an earlier step is wrong, which its page tells. */
    @Override
    public Turn next(Draft draft, Sent sent, String actor) {
        if (drafts.errors(draft).isEmpty()) {
            try {
                tasks.precheck(draft.id(), actor);
            } catch (InvalidSettings changedMeanwhile) {
                return Turn.Stay.with(new Errors(new ArrayList<>(changedMeanwhile.violations())));
            }
        }
        return new Turn.To(draft.path(WizardStep.PRECHECK));
    }
}
