package dev.leat.shape.etl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What was made of the last few texts, such as compiled patterns; nearly always an expression has only one. */
final class Recent<T> {

    private static final int MOST = 64;

    private final Function<String, T> make;
    private final ThreadLocal<Map<String, T>> made = ThreadLocal.withInitial(Bounded::new);

    Recent(Function<String, T> make) {
        this.make = make;
    }

    T of(String text) {
        return made.get().computeIfAbsent(text, make);
    }

    /** Forgets what was not asked for longest. */
    private static final class Bounded<T> extends LinkedHashMap<String, T> {

        private static final long serialVersionUID = 1;

        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > MOST;
        }
    }
}
