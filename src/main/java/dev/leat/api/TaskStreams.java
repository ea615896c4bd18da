package dev.leat.api;

import dev.leat.task.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The open streams of tasks: each task is read once a second, however many listen. */
@Component
class TaskStreams {

    private static final int MOST_STREAMS = 500;
    /** Then a client comes again, and shows that it still may. */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Tasks tasks;
    private final List<Stream> streams = new CopyOnWriteArrayList<>();

    TaskStreams(Tasks tasks) {
        this.tasks = tasks;
    }

    private record Stream(UUID task, SseEmitter emitter) {}

    SseEmitter open(UUID task) {
        if (streams.size() >= MOST_STREAMS) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "Too many streams are open.");
        }
        Stream stream = new Stream(task, new SseEmitter(LIFETIME.toMillis()));
        stream.emitter().onTimeout(() -> stream.emitter().complete());
        stream.emitter().onCompletion(() -> streams.remove(stream));
        stream.emitter().onError(e -> streams.remove(stream));
        streams.add(stream);
        send(stream, tasks.get(task));
        return stream.emitter();
    }

    @Scheduled(fixedRate = 1000)
    void tick() {
        Map<UUID, Object> views = new ConcurrentHashMap<>();
        streams.stream().map(Stream::task).collect(Collectors.toSet()).forEach(id -> views.put(id, tasks.get(id)));
        streams.forEach(stream -> send(stream, views.getOrDefault(stream.task(), Map.of())));
    }

    private void send(Stream stream, Object view) {
        try {
            stream.emitter().send(SseEmitter.event().name("task").data(view));
        } catch (IOException | IllegalStateException e) {
            streams.remove(stream);
            stream.emitter().complete();
        }
    }

    /** A graceful shutdown would wait for them. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        streams.forEach(stream -> stream.emitter().complete());
        streams.clear();
    }
}
