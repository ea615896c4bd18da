package dev.leat.connection;

import dev.leat.connection.ConnectivityReport.Name;
import dev.leat.connection.ConnectivityReport.Outcome;
import dev.leat.connection.ConnectivityReport.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the steps of a connectivity test one after the other, each with a limit, until one fails. */
final class Steps {

    private final List<Step> steps = new ArrayList<>();
    private boolean failed;

    /**
     * Runs a step, unless one before it failed.
     *
     * @param limit how long it may take
     * @param action says what it found, or throws {@link StepFailed}
     */
    void run(Name name, Duration limit, Callable<String> action) {
        if (failed) {
            steps.add(new Step(name, Outcome.NOT_RUN, 0, "Not run.", null));
            return;
        }
        long start = System.nanoTime();
        try {
            String message = within(limit, action);
            steps.add(new Step(name, Outcome.OK, millisSince(start), message, null));
        } catch (StepFailed e) {
            failed = true;
            steps.add(new Step(name, Outcome.FAILED, millisSince(start), e.getMessage(), e.remedy()));
        }
    }

    ConnectivityReport report() {
        return new ConnectivityReport(!failed, List.copyOf(steps));
    }

    /** The action of a step that is given up ends by the time-outs of its own, in its own thread. */
    private static String within(Duration limit, Callable<String> action) {
        FutureTask<String> task = new FutureTask<>(action);
        Thread thread = Thread.ofVirtual().name("connectivity-test").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StepFailed known ? known : unexpected(e);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new StepFailed(
                    "No answer within " + limit.toSeconds() + " s.",
                    "Check for a firewall between Leat and the server that drops packets, and the server's load.",
                    e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new StepFailed("The test was interrupted.", "Run it again.", e);
        }
    }

    private static StepFailed unexpected(ExecutionException e) {
        return new StepFailed(String.valueOf(e.getMessage()), "Look into the server's log for the cause.", e);
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
