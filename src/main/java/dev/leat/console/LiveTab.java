package dev.leat.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open browser tab: sends what it is offered from a thread of its own, so that a slow reader holds up nobody.
 *
 * <p>It ends after {@code lifetime}; the browser then connects again, which also checks that the user is still
 * signed in. A tab that does not keep up is ended too.
 */
final class LiveTab implements Runnable {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final int QUEUE = 16;

    /** An event to send; without a name it ends the tab. */
    private record Frame(String event, String html) {

        static final Frame END = new Frame("", "");
    }

    private final Audience audience;
    private final Duration heartbeat;
    private final long endsAtNanos;
    private final SseEmitter emitter;
    private final BlockingQueue<Frame> frames = new ArrayBlockingQueue<>(QUEUE);
    private final Map<String, String> sent = new ConcurrentHashMap<>();
    private volatile boolean ended;

    LiveTab(Audience audience, Duration heartbeat, Duration lifetime) {
        this.audience = audience;
        this.heartbeat = heartbeat;
        this.endsAtNanos = System.nanoTime() + lifetime.toNanos();
        this.emitter = new SseEmitter(lifetime.plusMinutes(1).toMillis());
        emitter.onCompletion(this::end);
        emitter.onError(_ -> end());
    }

    Audience audience() {
        return audience;
    }

    SseEmitter emitter() {
        return emitter;
    }

    boolean isEnded() {
        return ended;
    }

    /** Sends the parts that differ from what this tab has. */
    void offer(Map<String, String> parts) {
        parts.forEach((event, html) -> {
            if (!html.equals(sent.put(event, html)) && !frames.offer(new Frame(event, html))) {
                end();
            }
        });
    }

    void end() {
        ended = true;
        frames.clear();
        frames.offer(Frame.END);
    }

    @Override
    public void run() {
        try {
            send(SseEmitter.event().comment("hello").reconnectTime(2000));
            for (var frame = next(); !ended && frame != Frame.END; frame = next()) {
                send(
                        frame.event().isEmpty()
                                ? SseEmitter.event().comment("heartbeat")
                                : SseEmitter.event().name(frame.event()).data(frame.html(), HTML));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            // The browser has closed the tab: the container ends the request.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    private void send(SseEmitter.SseEventBuilder event) throws IOException {
        emitter.send(event);
    }

    private Frame next() throws InterruptedException {
        long left = endsAtNanos - System.nanoTime();
        Frame frame = frames.poll(Math.min(left, heartbeat.toNanos()), TimeUnit.NANOSECONDS);
        if (frame != null) {
            return frame;
        }
        return left <= heartbeat.toNanos() ? Frame.END : new Frame("", "");
    }
}
