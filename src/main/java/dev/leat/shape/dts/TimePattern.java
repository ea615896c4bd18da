package dev.leat.shape.dts;

import java.util.Map;

/** Turns {@code %Y-%m-%d %H:%M:%S} into the pattern letters that {@code format} and {@code parseTime} know. */
final class TimePattern {

    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('Y', "yyyy"),
            Map.entry('y', "yy"),
            Map.entry('m', "MM"),
            Map.entry('d', "dd"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('M', "mm"),
            Map.entry('S', "ss"),
            Map.entry('f', "SSSSSS"),
            Map.entry('p', "a"),
            Map.entry('j', "DDD"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('z', "xx"));

    private TimePattern() {}

    static String ofStrftime(String format, int offset) {
        StringBuilder pattern = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char one = format.charAt(i);
            if (one == '%' && i + 1 < format.length() && format.charAt(i + 1) != '%') {
                flush(plain, pattern);
                pattern.append(letters(format.charAt(++i), offset));
            } else {
                plain.append(one);
                i += one == '%' ? 1 : 0;
            }
        }
        flush(plain, pattern);
        return pattern.toString();
    }

    /** Text between the parts stands in quotes, in which a quote is doubled. */
    private static void flush(StringBuilder plain, StringBuilder pattern) {
        if (!plain.isEmpty()) {
            pattern.append('\'').append(plain.toString().replace("'", "''")).append('\'');
            plain.setLength(0);
        }
    }

    private static String letters(char code, int offset) {
        String letters = LETTERS.get(code);
        if (letters == null) {
            throw new ScriptError(
                    offset,
                    "%" + code + " of the time format cannot be translated",
                    "Use format(column, 'yyyy-MM-dd …').");
        }
        return letters;
    }
}
