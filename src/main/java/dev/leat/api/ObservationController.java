package dev.leat.api;

import dev.leat.task.NodeView;
import dev.leat.task.Nodes;
import dev.leat.task.Sample;
import dev.leat.task.Samples;
import dev.leat.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How tasks did, and which nodes run them, over REST. */
@Tag(name = "Observation")
@RestController
@RequestMapping("/api/v1")
class ObservationController {

    private static final Duration USUAL = Duration.ofHours(1);

    private final Tasks tasks;
    private final Samples samples;
    private final Nodes nodes;
    private final Clock clock;

    ObservationController(Tasks tasks, Samples samples, Nodes nodes, Clock clock) {
        this.tasks = tasks;
        this.samples = samples;
        this.nodes = nodes;
        this.clock = clock;
    }

    @Operation(
            summary = "Samples of a task: delay, lag, WAL held, rows and bytes a second",
            description = "From the last hour on, or from a time of yours. Every 10 seconds for two hours, every minute"
                    + " for three days, every quarter of an hour for a month.")
    @GetMapping("/tasks/{id}/metrics")
    Page<Sample> metrics(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        tasks.get(id);
        Instant since = from == null ? clock.instant().minus(USUAL) : from;
        return Page.whole(samples.since(id, since).stream()
                .filter(sample -> to == null || sample.at().isBefore(to))
                .toList());
    }

    @Operation(summary = "The nodes over this metadata database, what each runs and how busy it is")
    @GetMapping("/nodes")
    Page<NodeView> nodes() {
        return Page.whole(nodes.list());
    }
}
