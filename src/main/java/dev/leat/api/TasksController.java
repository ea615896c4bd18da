package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.leat.alert.Alerts;
import dev.leat.alert.TaskAlert;
import dev.leat.connection.Connections;
import dev.leat.security.Audit;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.ThrottleSettings;
import dev.leat.settings.Violation;
import dev.leat.task.EventView;
import dev.leat.task.PrecheckRunView;
import dev.leat.task.PrecheckView;
import dev.leat.task.RevisionView;
import dev.leat.task.TableSearch;
import dev.leat.task.TableView;
import dev.leat.task.TaskChanges;
import dev.leat.task.TaskSearch;
import dev.leat.task.TaskState;
import dev.leat.task.TaskView;
import dev.leat.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tasks over REST: create, steer, look at. */
@Tag(name = "Tasks")
@RestController
@RequestMapping("/api/v1/tasks")
class TasksController {

    private final Tasks tasks;
    private final TaskChanges changes;
    private final Connections connections;
    private final Alerts alerts;
    private final TaskStreams streams;

    TasksController(Tasks tasks, TaskChanges changes, Connections connections, Alerts alerts, TaskStreams streams) {
        this.tasks = tasks;
        this.changes = changes;
        this.connections = connections;
        this.alerts = alerts;
        this.streams = streams;
    }

    @Operation(
            summary = "Create a task: a draft or, with start=true, prechecked and started",
            description = "The definition comes as JSON or YAML, as the wizard and /tasks/{id}/definition give it.")
    @PostMapping(
            path = {"", "/import"},
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<TaskView> create(
            @RequestBody TaskSettings settings, @RequestParam(defaultValue = "false") boolean start, Principal actor) {
        requireConnections(settings.checked());
        UUID id = tasks.create(settings, actor.getName());
        if (start) {
            tasks.start(id, actor.getName());
        }
        TaskView view = tasks.get(id);
        return ResponseEntity.created(URI.create("/api/v1/tasks/" + id))
                .eTag(Versions.tag(view.version()))
                .body(view);
    }

    @Operation(summary = "List tasks, newest first")
    @GetMapping
    Page<TaskView> list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        return Page.cut(
                tasks.list(search(state, q, Cursor.keys(cursor, 2), wanted + 1)),
                wanted,
                last -> Cursor.of(last.createdAt().toString(), last.id().toString()));
    }

    private static TaskSearch search(String state, String q, List<String> after, int limit) {
        if (after.getFirst().isEmpty()) {
            return new TaskSearch(state, q, TaskSearch.END, new UUID(0, 0), limit);
        }
        try {
            return new TaskSearch(state, q, Instant.parse(after.getFirst()), UUID.fromString(after.getLast()), limit);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw Cursor.notOurs();
        }
    }

    @Operation(summary = "Read a task: state, phase, progress, delay, failure, checkpoint, open alerts")
    @GetMapping("/{id}")
    ResponseEntity<WatchedView> get(@PathVariable UUID id) {
        TaskView view = tasks.get(id);
        return ResponseEntity.ok().eTag(Versions.tag(view.version())).body(new WatchedView(view, alerts.open(id)));
    }

    @Operation(summary = "Read a task's definition, as a file to keep with Accept: application/yaml")
    @GetMapping(
            path = "/{id}/definition",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    ResponseEntity<TaskSettings> definition(@PathVariable UUID id) {
        return ResponseEntity.ok().eTag(Versions.tag(tasks.get(id).version())).body(tasks.settings(id));
    }

    @Operation(
            summary = "Change a task's definition; If-Match guards against lost updates",
            description =
                    "While the task runs, objects, mapping, filters, ETL and policies can change: the new definition"
                            + " is tried on both ends first. Tables that are added are copied while the others go on, then"
                            + " join them; tables that are taken out stop; other changes hold from the task's position"
                            + " on.")
    @PutMapping("/{id}")
    ResponseEntity<ChangedTask> change(
            @PathVariable UUID id,
            @RequestBody TaskSettings settings,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Principal actor) {
        requireConnections(settings.checked());
        List<String> changed = changes.change(id, Versions.parse(ifMatch), settings, actor.getName());
        TaskView view = tasks.get(id);
        return ResponseEntity.ok().eTag(Versions.tag(view.version())).body(new ChangedTask(view, changed));
    }

    @Operation(summary = "Every definition that a task had, newest first, with who gave it and what it changed")
    @GetMapping("/{id}/revisions")
    Page<RevisionView> revisions(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        int before = (int) Math.min(Cursor.number(cursor), Integer.MAX_VALUE);
        return Page.cut(
                changes.revisions(id, before, wanted + 1), wanted, last -> Cursor.of(Long.toString(last.revision())));
    }

    @Operation(summary = "Copy one table again, or bring back one that was set aside, while the others go on")
    @PostMapping("/{id}/tables/{table}/resync")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateAnswer resync(@PathVariable UUID id, @PathVariable String table, Principal actor) {
        changes.resync(id, table, actor.getName());
        return new StateAnswer(tasks.get(id).state());
    }

    @Operation(summary = "Change how fast a task may go, also while it runs; null is no limit")
    @PutMapping("/{id}/throttle")
    ThrottleSettings throttle(@PathVariable UUID id, @RequestBody ThrottleSettings limits, Principal actor) {
        return changes.throttle(id, limits, actor.getName());
    }

    @Operation(summary = "Run the precheck, or with item=… only some items of it again")
    @PostMapping("/{id}/precheck")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateAnswer precheck(@PathVariable UUID id, @RequestParam(defaultValue = "") List<String> item, Principal actor) {
        return StateAnswer.of(
                item.isEmpty() ? tasks.precheck(id, actor.getName()) : tasks.precheck(id, item, actor.getName()));
    }

    @Operation(summary = "List the prechecks that are kept, newest first: when, by whom, and what came of them")
    @GetMapping("/{id}/precheck/runs")
    Page<PrecheckRunView> precheckRuns(@PathVariable UUID id) {
        return Page.whole(tasks.precheckRuns(id));
    }

    @Operation(
            summary =
                    "Read the last precheck, or with run=… an earlier one; items appear as they finish, each with what"
                            + " is new and what is gone since the one before")
    @GetMapping("/{id}/precheck")
    Page<PrecheckView> prechecked(@PathVariable UUID id, @RequestParam @Nullable Integer run) {
        return Page.whole(run == null ? tasks.prechecked(id) : tasks.prechecked(id, run));
    }

    @Operation(summary = "Ignore alerts of the last precheck")
    @PostMapping("/{id}/precheck/ignore")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateAnswer ignore(@PathVariable UUID id, @RequestBody Ignored ignored, Principal actor) {
        TaskState state = tasks.ignore(id, ignored.items(), actor.getName());
        Audit.detail("ignored " + String.join(", ", ignored.items()));
        return StateAnswer.of(state);
    }

    @Operation(summary = "Start a task; a draft is prechecked first")
    @PostMapping("/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateAnswer start(@PathVariable UUID id, Principal actor) {
        return StateAnswer.of(tasks.start(id, actor.getName()));
    }

    @Operation(summary = "Pause a task: what was read is delivered and saved first")
    @PostMapping("/{id}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateAnswer pause(@PathVariable UUID id, Principal actor) {
        return StateAnswer.of(tasks.pause(id, actor.getName()));
    }

    @Operation(summary = "Resume a paused or failed task from its checkpoint")
    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateAnswer resume(@PathVariable UUID id, Principal actor) {
        return StateAnswer.of(tasks.resume(id, actor.getName()));
    }

    @Operation(summary = "Restart a task that rests: all tables are copied again")
    @PostMapping("/{id}/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateAnswer restart(@PathVariable UUID id, Principal actor) {
        return StateAnswer.of(tasks.restart(id, actor.getName()));
    }

    @Operation(
            summary = "State, progress and delay as server-sent events, once a second, for five minutes; then connect"
                    + " again")
    @GetMapping(path = "/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@PathVariable UUID id) {
        tasks.get(id);
        return streams.open(id);
    }

    @Operation(summary = "Make a draft that does what a task does, with a slot and publication of its own")
    @PostMapping("/{id}/clone")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<TaskView> copy(@PathVariable UUID id, Principal actor) {
        TaskView view = tasks.get(tasks.copy(id, actor.getName()));
        return ResponseEntity.created(URI.create("/api/v1/tasks/" + view.id()))
                .eTag(Versions.tag(view.version()))
                .body(view);
    }

    @Operation(summary = "Release a task for good: slot and publication are dropped, the history is kept")
    @PostMapping("/{id}/release")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StateAnswer release(@PathVariable UUID id, Principal actor) {
        return StateAnswer.of(tasks.release(id, actor.getName()));
    }

    @Operation(summary = "Progress per table, by name")
    @GetMapping("/{id}/tables")
    Page<TableView> tables(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        List<String> after = Cursor.keys(cursor, 2);
        TableSearch search = new TableSearch(state, q, after.getFirst(), after.getLast(), wanted + 1);
        return Page.cut(tasks.tables(id, search), wanted, last -> Cursor.of(last.schema(), last.table()));
    }

    @Operation(summary = "Event log, newest first")
    @GetMapping("/{id}/events")
    Page<EventView> events(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        return Page.cut(
                tasks.events(id, Cursor.number(cursor), wanted + 1),
                wanted,
                last -> Cursor.of(Long.toString(last.id())));
    }

    private void requireConnections(TaskSettings settings) {
        List<Violation> violations = connections.endViolations(
                settings.source().connection(), settings.destination().connection());
        if (!violations.isEmpty()) {
            throw new InvalidSettings(violations);
        }
    }

    /** A task, and its open alerts, newest first. */
    record WatchedView(@JsonUnwrapped TaskView task, List<TaskAlert> alerts) {}

    /** A task, and what a change of its definition changed, field by field. */
    record ChangedTask(@JsonUnwrapped TaskView task, List<String> changes) {}

    /** Names of precheck items whose alerts are to be ignored. */
    record Ignored(List<String> items) {

        /** None, where the request has none; the task refuses that. */
        Ignored(@Nullable List<String> items) {
            this.items = items == null ? List.of() : items;
        }
    }

    /** The state that an operation led to. */
    record StateAnswer(String state) {

        static StateAnswer of(TaskState state) {
            return new StateAnswer(state.label());
        }
    }
}
