package dev.leat.change;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an interval's modifier restricts it to: the fields from one to another, and digits of the seconds. */
final class IntervalModifier {

    /** All bits set: no restriction ({@code utils/timestamp.h}). */
    private static final int ALL_FIELDS = 0x7fff;

    private static final int FULL_PRECISION = 0xffff;

    /** The fields from the largest on, and their bits ({@code utils/datetime.h}). */
    private enum Field {
        YEAR(2),
        MONTH(1),
        DAY(3),
        HOUR(10),
        MINUTE(11),
        SECOND(12);

        private final int bit;

        Field(int bit) {
            this.bit = bit;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private IntervalModifier() {}

    /** What follows {@code interval} in a declaration, such as {@code " day to second(2)"}. */
    static String declared(int modifier) {
        int precision = modifier & FULL_PRECISION;
        return fields(modifier >> 16 & ALL_FIELDS) + (precision == FULL_PRECISION ? "" : "(" + precision + ")");
    }

    private static String fields(int bits) {
        if (bits == ALL_FIELDS) {
            return "";
        }
        List<Field> set = Arrays.stream(Field.values())
                .filter(field -> (bits >> field.bit & 1) != 0)
                .toList();
        return " " + set.getFirst().word()
                + (set.size() == 1 ? "" : " to " + set.getLast().word());
    }
}
