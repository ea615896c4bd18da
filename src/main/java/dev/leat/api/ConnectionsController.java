package dev.leat.api;

import dev.leat.connection.ColumnSummary;
import dev.leat.connection.ConnectionDraft;
import dev.leat.connection.ConnectionKind;
import dev.leat.connection.ConnectionView;
import dev.leat.connection.Connections;
import dev.leat.connection.ConnectivityReport;
import dev.leat.connection.TableSearch;
import dev.leat.connection.TableSummary;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
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
import org.springframework.web.util.UriComponentsBuilder;

/** Registered endpoints over REST. */
@Tag(name = "Connections")
@RestController
@RequestMapping("/api/v1/connections")
class ConnectionsController {

    private final Connections connections;

    ConnectionsController(Connections connections) {
        this.connections = connections;
    }

    @Operation(summary = "Register a connection")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ConnectionView> register(@RequestBody ConnectionDraft draft) {
        ConnectionView view = connections.register(draft);
        URI location =
                UriComponentsBuilder.fromPath("/api/v1/connections/{name}").build(view.name());
        return ResponseEntity.created(location).eTag(tag(view)).body(view);
    }

    @Operation(summary = "List connections")
    @GetMapping
    Page<ConnectionView> list(
            @RequestParam(required = false) @Nullable ConnectionKind kind,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        String after = Cursor.keys(cursor, 1).getFirst();
        return Page.cut(connections.list(kind, q, after, wanted + 1), wanted, last -> Cursor.of(last.name()));
    }

    @Operation(summary = "Read a connection; secrets are shown as ***")
    @GetMapping("/{name}")
    ResponseEntity<ConnectionView> read(@PathVariable String name) {
        ConnectionView view = connections.read(name);
        return ResponseEntity.ok().eTag(tag(view)).body(view);
    }

    @Operation(
            summary = "Change a connection, also under running tasks, which go on over it; *** leaves a secret as it is"
                    + " as long as its address stays and its encryption becomes no weaker,"
                    + " If-Match guards against lost updates, another source than that of tasks' positions is refused")
    @PutMapping("/{name}")
    ResponseEntity<ConnectionView> change(
            @PathVariable String name,
            @RequestBody ConnectionDraft draft,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ConnectionView view = connections.change(name, draft, Versions.parse(ifMatch));
        return ResponseEntity.ok().eTag(tag(view)).body(view);
    }

    @Operation(summary = "Remove a connection; refused while a task uses it")
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String name) {
        connections.remove(name);
    }

    @Operation(summary = "Try a registered connection step by step; takes less than 30 seconds")
    @PostMapping("/{name}/test")
    ConnectivityReport test(@PathVariable String name) {
        return connections.test(name);
    }

    @Operation(
            summary =
                    "Try a connection before it is saved; *** stands for the secret of the registered one of its name,"
                            + " at the same address with no weaker encryption")
    @PostMapping("/test")
    ConnectivityReport test(@RequestBody ConnectionDraft draft) {
        return connections.test(draft);
    }

    @Operation(summary = "Databases of a source's server")
    @GetMapping("/{name}/databases")
    Page<String> databases(@PathVariable String name) {
        return Page.whole(connections.databases(name));
    }

    @Operation(summary = "Schemas of a source")
    @GetMapping("/{name}/schemas")
    Page<String> schemas(@PathVariable String name, @RequestParam(required = false) @Nullable String database) {
        return Page.whole(connections.schemas(name, database));
    }

    @Operation(summary = "Tables of a source, searched and paged by the server")
    @GetMapping("/{name}/tables")
    Page<TableSummary> tables(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String database,
            @RequestParam(defaultValue = "") String schema,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        List<String> after = Cursor.keys(cursor, 2);
        TableSearch search = new TableSearch(schema, q, after.getFirst(), after.getLast(), wanted + 1);
        return Page.cut(
                connections.tables(name, database, search), wanted, last -> Cursor.of(last.schema(), last.table()));
    }

    @Operation(summary = "Columns of a source's table")
    @GetMapping("/{name}/columns")
    Page<ColumnSummary> columns(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String database,
            @RequestParam String schema,
            @RequestParam String table) {
        List<ColumnSummary> columns = connections.columns(name, database, schema, table);
        if (columns.isEmpty()) {
            throw new NoSuchThing(
                    "Table " + schema + "." + table + " does not exist in the source of connection '" + name + "'.",
                    "Check schema and name; see /api/v1/connections/" + name + "/tables.");
        }
        return Page.whole(columns);
    }

    @Operation(summary = "Topics of a Kafka")
    @GetMapping("/{name}/topics")
    Page<String> topics(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        String after = Cursor.keys(cursor, 1).getFirst();
        return Page.cut(connections.topics(name, q, after, wanted + 1), wanted, Cursor::of);
    }

    private static String tag(ConnectionView view) {
        return Versions.tag(view.version());
    }
}
