package dev.leat.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Named ceilings of what one task may take. The numbers follow the classes of Alibaba's DTS, whose full phase is not
 * bound by them either: it takes fewer threads.
 */
public enum InstanceClass {
    MICRO(200, 1),
    SMALL(2_000, 1),
    MEDIUM(5_000, 2),
    LARGE(11_000, 2),
    UNLIMITED(0, 4);

    private final int rowsPerSecond;
    private final int copyThreads;

    InstanceClass(int rowsPerSecond, int copyThreads) {
        this.rowsPerSecond = rowsPerSecond;
        this.copyThreads = copyThreads;
    }

    /** Changes a second in the incremental phase, at most; 0 for no ceiling. */
    public int rowsPerSecond() {
        return rowsPerSecond;
    }

    /** Threads that copy at a time, at most. */
    public int copyThreads() {
        return copyThreads;
    }

    /** The name in settings, such as {@code micro}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class of a name; empty when there is none of that name. */
    public static Optional<InstanceClass> of(String label) {
        return Arrays.stream(values())
                .filter(known -> known.label().equals(label))
                .findFirst();
    }
}
