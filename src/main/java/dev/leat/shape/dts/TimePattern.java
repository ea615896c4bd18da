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
        for (int i = 0; i < format.length(); i++) {
            char one = format.charAt(i);
            if (one == '%' && i + 1 < format.length()) {
                pattern.append(letters(format.charAt(++i), offset));
            } else {
                pattern.append(plain(one));
            }
        }
        return pattern.toString();
    }

    private static String letters(char code, int offset) {
        if (code == '%') {
            return "%";
        }
        String letters = LETTERS.get(code);
        if (letters == null) {
            throw new ScriptError(
                    offset,
                    "%" + code + " of the time format cannot be translated",
                    "Use format(column, 'yyyy-MM-dd …').");
        }
        return letters;
    }

    private static String plain(char one) {
        return one == '\''
                ? "''"
                : Character.isLetter(one) || "{}[]#".indexOf(one) >= 0 ? "'" + one + "'" : String.valueOf(one);
    }
}
