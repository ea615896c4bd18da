package dev.leat.console;

import dev.leat.task.TaskNotFound;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The server-sent events of the list ({@code tasks}) and of a task ({@code state}, {@code progress}, {@code events}). */
@Controller
final class LiveStreams {

    private final LivePages live;
    private final ConsoleTasks tasks;

    LiveStreams(LivePages live, ConsoleTasks tasks) {
        this.live = live;
        this.tasks = tasks;
    }

    @GetMapping(path = "/tasks/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page,
            HttpServletRequest request,
            Locale locale) {
        return open(new Watched.TaskList(new ListQuery(q, state, sort, page)), Audience.of(request, locale));
    }

    @GetMapping(path = "/tasks/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> task(@PathVariable UUID id, HttpServletRequest request, Locale locale) {
        try {
            tasks.get(id);
        } catch (TaskNotFound gone) {
            return ResponseEntity.notFound().build();
        }
        return open(new Watched.OneTask(id), Audience.of(request, locale));
    }

    private ResponseEntity<SseEmitter> open(Watched watched, Audience audience) {
        return live.open(watched, audience)
                .map(emitter -> ResponseEntity.ok()
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header("X-Accel-Buffering", "no")
                        .body(emitter))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, "30")
                        .build());
    }
}
