package dev.leat.api;

import dev.leat.task.Orphan;
import dev.leat.task.Orphans;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Slots and publications that tasks have left at their sources, over REST. */
@Tag(name = "Orphans")
@RestController
@RequestMapping("/api/v1/orphans")
class OrphansController {

    private final Orphans orphans;

    OrphansController(Orphans orphans) {
        this.orphans = orphans;
    }

    /**
     * What a task has left at its source; a slot keeps WAL there until it is dropped.
     *
     * @param sql what drops it, to be run in its database
     * @param nextTry when Leat tries again to drop it; null when only on demand
     */
    record OrphanJson(
            long id,
            String connection,
            @Nullable String database,
            @Nullable String slot,
            @Nullable String publication,
            @Nullable UUID taskId,
            String taskName,
            String reason,
            Instant since,
            @Nullable Instant nextTry,
            List<String> sql) {

        static OrphanJson of(Orphan orphan) {
            return new OrphanJson(
                    orphan.id(),
                    orphan.connection(),
                    orphan.database(),
                    orphan.slot(),
                    orphan.publication(),
                    orphan.taskId(),
                    orphan.taskName(),
                    orphan.reason(),
                    orphan.since(),
                    orphan.nextTry(),
                    orphan.sql());
        }
    }

    @Operation(summary = "List slots and publications that tasks could not drop, with the SQL that does")
    @GetMapping
    Page<OrphanJson> list() {
        return Page.whole(orphans.list().stream().map(OrphanJson::of).toList());
    }

    @Operation(summary = "Read one; 404 once it is dropped")
    @GetMapping("/{id}")
    OrphanJson get(@PathVariable long id) {
        return orphans.find(id).map(OrphanJson::of).orElseThrow(() -> missing(id));
    }

    @Operation(summary = "Try again to drop one now; it vanishes from the list when that is done")
    @PostMapping("/{id}/drop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    OrphanJson drop(@PathVariable long id) {
        get(id);
        orphans.retry(id);
        return get(id);
    }

    @Operation(summary = "Forget one without dropping it, because it was dropped by hand or its source is gone")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@PathVariable long id) {
        get(id);
        orphans.forget(id);
    }

    private static NoSuchThing missing(long id) {
        return new NoSuchThing("Orphan " + id + " does not exist, or is dropped.", "GET /api/v1/orphans lists all.");
    }
}
