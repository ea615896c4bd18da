package dev.leat.api;

import dev.leat.connection.Connections;
import dev.leat.precheck.EtlDryRun;
import dev.leat.precheck.EtlSample;
import dev.leat.settings.EtlStep;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.TableEtl;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import dev.leat.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** ETL over REST. The rows of a source are not for viewers: a dry run is a POST, which needs the role of an operator. */
@Tag(name = "Tasks")
@RestController
@RequestMapping("/api/v1/tasks/{id}/etl")
class EtlController {

    private static final String DEFAULT_ROWS = "20";

    private final Tasks tasks;
    private final Connections connections;
    private final Clock clock;

    EtlController(Tasks tasks, Connections connections, Clock clock) {
        this.tasks = tasks;
        this.connections = connections;
        this.clock = clock;
    }

    @Operation(
            summary = "Try a table's ETL on rows of the source, which are read only: each row before and after",
            description = "Without a body the task's own steps are tried, with one those that it holds. At most "
                    + EtlDryRun.MAX_ROWS + " rows; long values are cut off. Needs the role of an operator.")
    @PostMapping("/dry-run")
    EtlSample dryRun(
            @PathVariable UUID id,
            @RequestParam String schema,
            @RequestParam String table,
            @RequestParam(defaultValue = DEFAULT_ROWS) int limit,
            @RequestBody(required = false) @Nullable Steps body) {
        TaskSettings settings = tasks.settings(id);
        TableEtl wanted = new TableEtl(schema, table, body == null ? null : body.steps(), null);
        int index = body == null ? index(settings, wanted) : 0;
        TableEtl etl = body == null ? settings.etl().get(index) : checked(wanted);
        return new EtlDryRun(
                        connections.source(
                                settings.source().connection(),
                                settings.source().database()),
                        "leat-etl-dry-run",
                        clock)
                .run(etl, body == null ? "etl[" + index + "]" : "body", limit);
    }

    private static int index(TaskSettings settings, TableEtl wanted) {
        for (int i = 0; i < settings.etl().size(); i++) {
            if (settings.etl().get(i).id().equals(wanted.id())) {
                return i;
            }
        }
        throw new NoSuchThing(
                "The task has no ETL for table " + wanted.id() + ".",
                "Send the steps to try in the body, or add them to the task's etl.");
    }

    private static TableEtl checked(TableEtl etl) {
        List<Violation> violations = etl.violations("body");
        if (!violations.isEmpty()) {
            throw new InvalidSettings(violations);
        }
        return etl;
    }

    /** Steps to try. */
    record Steps(List<EtlStep> steps) {}
}
