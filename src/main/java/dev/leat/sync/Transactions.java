package dev.leat.sync;

import dev.leat.postgres.ChangeAssembler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the frames of the log to its assembler: one by one as they come, or transaction by transaction where the
 * record format asks for whole ones.
 */
record Transactions(ChangeAssembler assembler, @Nullable WholeTransactions whole) implements AutoCloseable {

    void add(byte[] frame, Consumer<byte[]> next) {
        if (whole == null) {
            next.accept(frame);
        } else {
            whole.add(frame, next);
        }
    }

    /** Whether a transaction is held that has not ended. */
    boolean open() {
        return whole != null && whole.open();
    }

    @Override
    public void close() {
        if (whole != null) {
            whole.close();
        }
    }
}
