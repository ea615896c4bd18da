package dev.leat.precheck;

import dev.leat.failure.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs all checks side by side, each in a thread of its own and no longer than its time-out. */
public final class Precheck {

    private static final Logger LOG = LoggerFactory.getLogger(Precheck.class);

    /** Longer than the clients at both ends try to connect, so that their reason is heard. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final List<Check> checks;
    private final Duration timeout;

    /** A precheck with all checks. */
    public Precheck() {
        this(Checks.ALL, TIMEOUT);
    }

    /** A precheck with the checks of some names; none for all. */
    public Precheck(Collection<String> names) {
        this(
                Checks.ALL.stream()
                        .filter(check -> names.isEmpty() || names.contains(check.name()))
                        .toList(),
                TIMEOUT);
    }

    /** A precheck with some checks and another time-out. */
    Precheck(List<Check> checks, Duration timeout) {
        this.checks = List.copyOf(checks);
        this.timeout = timeout;
    }

    /** Titles of the checks by name, in the order in which they are shown. */
    public Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        checks.forEach(check -> titles.put(check.name(), check.title()));
        return titles;
    }

    /**
     * Runs the checks.
     *
     * @param listener hears of each item as soon as it is done, in the calling thread
     * @throws InterruptedException when the calling thread is interrupted; the checks are told to end
     */
    public PrecheckReport run(PrecheckPlan plan, Consumer<PrecheckItem> listener) throws InterruptedException {
        PrecheckContext context = new PrecheckContext(plan);
        BlockingQueue<PrecheckItem> done = new LinkedBlockingQueue<>();
        Map<Check, Thread> running = new LinkedHashMap<>();
        long start = System.nanoTime();
        for (Check check : checks) {
            running.put(
                    check,
                    Thread.ofVirtual().name("precheck-" + check.name()).start(() -> done.add(item(check, context))));
        }
        try {
            return new PrecheckReport(gather(done, start, listener));
        } finally {
            running.values().forEach(Thread::interrupt);
        }
    }

    private List<PrecheckItem> gather(BlockingQueue<PrecheckItem> done, long start, Consumer<PrecheckItem> listener)
            throws InterruptedException {
        Map<String, PrecheckItem> items = new LinkedHashMap<>();
        while (items.size() < checks.size()) {
            PrecheckItem item = done.poll(timeout.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
            for (PrecheckItem next : item == null ? unfinished(items) : List.of(item)) {
                items.put(next.name(), next);
                listener.accept(next);
            }
        }
        List<String> order = checks.stream().map(Check::name).toList();
        return items.values().stream()
                .sorted(Comparator.comparing(item -> order.indexOf(item.name())))
                .toList();
    }

    private List<PrecheckItem> unfinished(Map<String, PrecheckItem> finished) {
        Outcome late = new Outcome.CouldNotRun("Not done within " + timeout.toSeconds() + " s.");
        List<PrecheckItem> items = new ArrayList<>();
        for (Check check : checks) {
            if (!finished.containsKey(check.name())) {
                items.add(new PrecheckItem(check.name(), check.title(), late, timeout));
            }
        }
        return items;
    }

    private static PrecheckItem item(Check check, PrecheckContext context) {
        long start = System.nanoTime();
        Outcome outcome = outcome(check, context);
        return new PrecheckItem(check.name(), check.title(), outcome, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Outcome outcome(Check check, PrecheckContext context) {
        try {
            return check.run(context);
        } catch (PreconditionFailed e) {
            return new Outcome.CouldNotRun(String.valueOf(e.getMessage()));
        } catch (SyncException e) {
            return new Outcome.CouldNotRun(e.getMessage() + " " + e.remedy());
        } catch (RuntimeException e) {
            // its text could hold anything, so it stays in the log
            LOG.atWarn().addKeyValue("check", check.name()).setCause(e).log("A check failed");
            return new Outcome.CouldNotRun(
                    "Failed with " + e.getClass().getSimpleName() + ". Look into Leat's log for the cause.");
        }
    }
}
