package dev.leat.console;

import dev.leat.task.TaskNotFound;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Keeps open pages up to date.
 *
 * <p>One tick a second reads each watched page's data once, however many tabs show it, and writes the HTML once per
 * audience; a tab is sent only what changed for it.
 */
final class LivePages {

    private static final Logger log = LoggerFactory.getLogger(LivePages.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** All tabs of one page, and what they were last shown. */
    private static final class Page {
        final List<LiveTab> tabs = new CopyOnWriteArrayList<>();
        volatile LiveParts.@Nullable Moment last;
    }

    private final LiveParts parts;
    private final int maxTabs;
    private final Map<Watched, Page> pages = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("live-pages").factory());
    private volatile boolean closed;

    /** @param maxTabs how many tabs may be open at once, on this node */
    LivePages(LiveParts parts, int maxTabs) {
        this.parts = parts;
        this.maxTabs = maxTabs;
    }

    void start() {
        var _ = ticker.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Opens a tab on a page; its first parts come with the next tick.
     *
     * @return empty when too many tabs are open, or Leat is stopping
     */
    Optional<SseEmitter> open(Watched watched, Audience audience) {
        if (closed || openTabs() >= maxTabs) {
            return Optional.empty();
        }
        var tab = new LiveTab(audience, HEARTBEAT, LIFETIME);
        pages.compute(watched, (_, known) -> {
            Page page = known == null ? new Page() : known;
            page.tabs.add(tab);
            page.last = null;
            return page;
        });
        Thread.ofVirtual().name("live-tab").start(tab);
        return Optional.of(tab.emitter());
    }

    int openTabs() {
        return pages.values().stream().mapToInt(page -> page.tabs.size()).sum();
    }

    /** Brings every open page up to date; a page whose data cannot be read now is tried again at the next tick. */
    void tick() {
        LiveParts.Look look = parts.look();
        for (Watched watched : List.copyOf(pages.keySet())) {
            try {
                pages.computeIfPresent(watched, (_, page) -> withoutEnded(page));
                Page page = pages.get(watched);
                if (page != null) {
                    refresh(look.read(watched), page);
                }
            } catch (TaskNotFound gone) {
                endAll(watched);
            } catch (RuntimeException trouble) {
                log.atWarn().setCause(trouble).log("A live page was not brought up to date; trying again");
            }
        }
    }

    private static @Nullable Page withoutEnded(Page page) {
        page.tabs.removeIf(LiveTab::isEnded);
        return page.tabs.isEmpty() ? null : page;
    }

    private void refresh(LiveParts.Moment now, Page page) {
        if (now.equals(page.last)) {
            return;
        }
        page.last = now;
        Map<Audience, Map<String, String>> written = new HashMap<>();
        for (LiveTab tab : page.tabs) {
            tab.offer(written.computeIfAbsent(tab.audience(), audience -> parts.write(now, audience)));
        }
    }

    private void endAll(Watched watched) {
        Page page = pages.remove(watched);
        if (page != null) {
            page.tabs.forEach(LiveTab::end);
        }
    }

    /** Ends every stream, for else a graceful stop waits for them. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
        ticker.shutdownNow();
        List.copyOf(pages.keySet()).forEach(this::endAll);
    }
}
