package dev.leat.precheck;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Something that several checks need and the first of them gets; how getting it failed is shared as well. */
final class Shared<T> {

    private final FutureTask<T> task;

    Shared(Supplier<T> supplier) {
        this.task = new FutureTask<>(supplier::get);
    }

    /** The thing; waits while another thread gets it. */
    T get() {
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException(FailureKind.UNKNOWN, "Precheck: interrupted.", e);
        }
    }
}
