package dev.leat.sync.oversize;

import dev.leat.change.Change;
import dev.leat.change.Row;
import dev.leat.change.Table;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Makes a change fit: its largest text and binary values are cut to one common length, so that small ones stay whole.
 * Where even that does not do, the largest value that cannot be cut is left out as a whole, and then the next.
 */
public final class Truncation {

    /** A value that cannot be cut is worth leaving out from this size on. */
    private static final int WORTH_BYTES = 1_024;

    /** Looks for the best length; each costs one encoding of a large record. */
    private static final int MAX_TRIES = 8;

    private final Table table;
    private final Cuttable[] columns;

    /** Cuts the rows of a table, but never the values of the columns to be kept. */
    public Truncation(Table table, Collection<Integer> kept) {
        this.table = table;
        this.columns = IntStream.range(0, table.columns().size())
                .mapToObj(i -> kept.contains(i)
                        ? Cuttable.NEVER
                        : Cuttable.of(table.columns().get(i).type()))
                .toArray(Cuttable[]::new);
    }

    /** Cuts a change until it fits, which the measure said last; false when nothing is left to cut. */
    public boolean shorten(Change change, Measure measure) {
        List<Row> images = Images.of(change);
        boolean[] left = new boolean[columns.length];
        while (true) {
            long emptied = measure(change, 0, left, measure);
            if (emptied <= 0) {
                return search(change, left, measure, emptied);
            }
            OptionalInt largest = largestWhole(images, left);
            if (largest.isEmpty()) {
                return false;
            }
            left[largest.getAsInt()] = true;
        }
    }

    /** Looks for the greatest length that fits, on the line between one that fits and one that does not. */
    private boolean search(Change change, boolean[] left, Measure measure, long emptied) {
        List<Row> images = Images.of(change);
        long fitting = 0;
        long slack = -emptied;
        long failing = total(images, Integer.MAX_VALUE);
        long excess = measure(change, Integer.MAX_VALUE, left, measure);
        for (int i = 0; excess > 0 && i < MAX_TRIES && failing - fitting > WORTH_BYTES; i++) {
            // a little less than the line says, so that the next try fits where the line is straight
            double share = (double) slack / (slack + excess);
            long guess = fitting + (long) ((failing - fitting) * share * 0.999);
            long measured = measure(change, level(images, guess), left, measure);
            if (measured <= 0) {
                fitting = guess;
                if (guess > 0 && -measured <= slack / 50 + WORTH_BYTES) {
                    return true;
                }
                slack = -measured;
            } else {
                failing = guess;
                excess = measured;
            }
        }
        return excess <= 0 || measure(change, level(images, fitting), left, measure) <= 0;
    }

    private long measure(Change change, int level, boolean[] left, Measure measure) {
        Map<String, Long> originals = new LinkedHashMap<>();
        Change cut =
                Images.with(change, row -> cut(row, level, left, originals), row -> cut(row, level, left, originals));
        return measure.excess(cut, originals);
    }

    private Row cut(Row row, int level, boolean[] left, Map<String, Long> originals) {
        Row cut = new Row();
        cut.reset(row.bytes(), row.keyOnly());
        for (int i = 0; i < columns.length; i++) {
            int length = row.length(i);
            int kept = length;
            if (left[i] && !row.keyOnly()) {
                // in both rows, so that neither is completed from the other
                kept = Row.UNCHANGED;
            } else if (length > 0) {
                kept = columns[i].cut(row.bytes(), row.start(i), length, level);
            }
            cut.add(row.start(i), kept);
            if (kept != length && length > 0) {
                long bytes = columns[i].originalBytes(row.bytes(), row.start(i), length);
                originals.merge(table.columns().get(i).name(), bytes, Math::max);
            }
        }
        return cut;
    }

    /** The length to which all values must be cut to have so many bytes together. */
    private int level(List<Row> images, long bytes) {
        int low = 0;
        int high = Integer.MAX_VALUE - 1;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (total(images, middle) <= bytes) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private long total(List<Row> images, int level) {
        long sum = 0;
        for (Row row : images) {
            for (int i = 0; i < columns.length; i++) {
                boolean cuttable = columns[i] == Cuttable.TEXT || columns[i] == Cuttable.BYTES;
                sum += cuttable ? Math.clamp(row.length(i), 0, level) : 0;
            }
        }
        return sum;
    }

    private OptionalInt largestWhole(List<Row> images, boolean[] left) {
        return IntStream.range(0, columns.length)
                .filter(i -> columns[i] == Cuttable.WHOLE && !left[i] && largest(images, i) > WORTH_BYTES)
                .reduce((one, other) -> largest(images, other) > largest(images, one) ? other : one);
    }

    private static int largest(List<Row> images, int column) {
        return images.stream()
                .filter(row -> !row.keyOnly())
                .mapToInt(row -> row.length(column))
                .max()
                .orElse(0);
    }
}
