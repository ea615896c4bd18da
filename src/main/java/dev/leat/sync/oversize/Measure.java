package dev.leat.sync.oversize;

import dev.leat.change.Change;
import java.util.Map;

/** Tells whether a change fits by now. */
@FunctionalInterface
public interface Measure {

    /**
     * Encodes the change as it is to be sent.
     *
     * @param change a change whose values may be cut
     * @param originalBytes the columns that are, and how many bytes their values have at the source
     * @return by how many bytes it is too large; not above 0 when it fits
     */
    long excess(Change change, Map<String, Long> originalBytes);
}
