package dev.leat.api;

import dev.leat.connection.ConnectionKind;
import dev.leat.connection.ConnectionUse;
import dev.leat.connection.Connections;
import dev.leat.connection.SlotSummary;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import dev.leat.task.TaskConnections;
import dev.leat.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What ties tasks to their ends, over REST: the connections that they use, the slots that they have. */
@Tag(name = "Tasks")
@RestController
@RequestMapping("/api/v1")
class TaskConnectionsController {

    private final Tasks tasks;
    private final TaskConnections ties;
    private final Connections connections;

    TaskConnectionsController(Tasks tasks, TaskConnections ties, Connections connections) {
        this.tasks = tasks;
        this.ties = ties;
        this.connections = connections;
    }

    /**
     * The connections that a task uses.
     *
     * @param source name of the source's; null to leave it as it is
     * @param destination name of the destination's; null to leave it as it is
     */
    record Ends(@Nullable String source, @Nullable String destination) {}

    /**
     * A slot at a source that is named as Leat names its own.
     *
     * @param taskId the task that has it; null when none does, so that it keeps WAL for nobody
     * @param sql what drops it, where no task has it; null otherwise
     */
    record SlotJson(
            String name,
            String database,
            boolean active,
            boolean lost,
            @Nullable Long walHeldBytes,
            @Nullable UUID taskId,
            @Nullable String sql) {

        static SlotJson of(SlotSummary slot, @Nullable UUID task) {
            return new SlotJson(
                    slot.name(),
                    slot.database(),
                    slot.active(),
                    slot.lost(),
                    slot.walHeldBytes(),
                    task,
                    task == null ? "SELECT pg_drop_replication_slot('" + slot.name() + "');" : null);
        }
    }

    @Operation(
            summary =
                    "Let a task use other connections, also while it runs; another source than that of its position is refused")
    @PutMapping("/tasks/{id}/connections")
    Ends connect(@PathVariable UUID id, @RequestBody Ends ends, Principal actor) {
        requireKinds(ends);
        TaskConnections.Place place = ties.place(id);
        if (ends.source() != null) {
            requireSamePlace(id, place, ends.source());
        }
        TaskSettings settings = ties.connect(id, place, ends.source(), ends.destination(), actor.getName());
        return new Ends(settings.source().connection(), settings.destination().connection());
    }

    @Operation(summary = "Slots of Leat's naming at a source; those without a task keep WAL for nobody")
    @GetMapping("/connections/{name}/slots")
    Page<SlotJson> slots(@PathVariable String name) {
        Map<String, UUID> owners = ties.bySlot();
        return Page.whole(connections.slots(name).stream()
                .map(slot -> SlotJson.of(slot, owners.get(slot.name())))
                .toList());
    }

    private void requireSamePlace(UUID id, TaskConnections.Place place, String source) {
        String database = place.source().database();
        place.systemIdentifier()
                .map(cluster ->
                        new ConnectionUse.Position("task '" + tasks.get(id).name() + "'", cluster, database == null))
                .ifPresent(position ->
                        connections.requireSamePlace(place.source().connection(), source, database, position));
    }

    private void requireKinds(Ends ends) {
        List<Violation> violations = new ArrayList<>();
        if (ends.source() != null && !connections.read(ends.source()).kind().isSource()) {
            violations.add(new Violation("source", "The connection leads to Kafka.", "Name one to a PostgreSQL."));
        }
        if (ends.destination() != null && connections.read(ends.destination()).kind() != ConnectionKind.KAFKA) {
            violations.add(new Violation("destination", "The connection leads to a source.", "Name one to Kafka."));
        }
        if (!violations.isEmpty()) {
            throw new InvalidSettings(violations);
        }
    }
}
