package dev.leat.api;

import dev.leat.alert.AlertQuery;
import dev.leat.alert.AlertQuery.Place;
import dev.leat.alert.Alerts;
import dev.leat.alert.TaskAlert;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alerts over REST. */
@Tag(name = "Alerts")
@RestController
@RequestMapping("/api/v1/alerts")
class AlertsController {

    private static final String OPEN = "open";
    private static final String CLOSED = "closed";

    private final Alerts alerts;

    AlertsController(Alerts alerts) {
        this.alerts = alerts;
    }

    @Operation(
            summary = "List alerts, open ones first, then the newest",
            description = "With task=… only those of a task, with open=true only those that are not over.")
    @GetMapping
    Page<TaskAlert> list(
            @RequestParam(required = false) @Nullable UUID task,
            @RequestParam(defaultValue = "false") boolean open,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        List<TaskAlert> found = alerts.list(new AlertQuery(task, open, place(cursor), wanted + 1));
        return Page.cut(
                found, wanted, last -> Cursor.of(last.closedAt() == null ? OPEN : CLOSED, String.valueOf(last.id())));
    }

    private static Optional<Place> place(@Nullable String cursor) {
        List<String> keys = Cursor.keys(cursor, 2);
        return keys.getFirst().isEmpty()
                ? Optional.empty()
                : Optional.of(new Place(keys.getFirst().equals(CLOSED), id(keys.getLast())));
    }

    private static long id(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw Cursor.notOurs();
        }
    }
}
