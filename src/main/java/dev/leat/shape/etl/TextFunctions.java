package dev.leat.shape.etl;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.leat.shape.etl.Overload.Body;

/** Functions on texts. Regular expressions are RE2's, which take linear time whatever the pattern. */
final class TextFunctions {

    private static final Kind TEXT = Kind.STRING;
    private static final Recent<Pattern> PATTERNS = new Recent<>(TextFunctions::compiled);
    private static final int MAX_PADDED = 10_000_000;

    private TextFunctions() {}

    static void addTo(Functions functions) {
        plain(functions);
        places(functions);
        patterns(functions);
        functions.add("hash", TEXT, a -> Digests.hex((String) a[1], "", (String) a[0]), TEXT, TEXT);
        functions.add("hash", TEXT, a -> Digests.hex((String) a[1], (String) a[2], (String) a[0]), TEXT, TEXT, TEXT);
        Body mask = a -> Masks.text((String) a[0], (Long) a[1], (Long) a[2], (String) a[3]);
        functions.add("mask", TEXT, mask, TEXT, Kind.INT, Kind.INT, TEXT);
    }

    private static void plain(Functions functions) {
        functions.add("lower", TEXT, a -> Texts.lower((String) a[0]), TEXT);
        functions.add("upper", TEXT, a -> Texts.upper((String) a[0]), TEXT);
        functions.add("trim", TEXT, a -> ((String) a[0]).strip(), TEXT);
        functions.add("replace", TEXT, TextFunctions::replaced, TEXT, TEXT, TEXT);
        functions.add(
                "reverse", TEXT, a -> new StringBuilder((String) a[0]).reverse().toString(), TEXT);
        functions.add("contains", Kind.BOOL, a -> ((String) a[0]).contains((String) a[1]), TEXT, TEXT);
        functions.add("startsWith", Kind.BOOL, a -> ((String) a[0]).startsWith((String) a[1]), TEXT, TEXT);
        functions.add("endsWith", Kind.BOOL, a -> ((String) a[0]).endsWith((String) a[1]), TEXT, TEXT);
    }

    private static String replaced(Object[] a) {
        String part = (String) a[1];
        return part.isEmpty() ? (String) a[0] : ((String) a[0]).replace(part, (String) a[2]);
    }

    private static void places(Functions functions) {
        Kind number = Kind.INT;
        functions.add("size", number, a -> Texts.length((String) a[0]), TEXT);
        functions.add("size", number, a -> (long) ((byte[]) a[0]).length, Kind.BYTES);
        functions.add("substring", TEXT, a -> Texts.slice((String) a[0], (Long) a[1], Long.MAX_VALUE), TEXT, number);
        functions.add(
                "substring", TEXT, a -> Texts.slice((String) a[0], (Long) a[1], (Long) a[2]), TEXT, number, number);
        functions.add(
                "splitPart", TEXT, a -> Texts.piece((String) a[0], (String) a[1], (Long) a[2]), TEXT, TEXT, number);
        functions.add("indexOf", number, a -> Texts.find((String) a[0], (String) a[1]), TEXT, TEXT);
        functions.add("count", number, a -> Texts.count((String) a[0], (String) a[1]), TEXT, TEXT);
        functions.add("padLeft", TEXT, TextFunctions::padded, TEXT, number, TEXT);
    }

    private static String padded(Object[] a) {
        long missing = (Long) a[1] - Texts.length((String) a[0]);
        if (missing > MAX_PADDED) {
            throw new RowError("a text is padded to at most " + MAX_PADDED + " characters");
        }
        String pad = (String) a[2];
        return missing <= 0 || pad.isEmpty()
                ? (String) a[0]
                : Texts.slice(pad.repeat((int) missing), 0, missing) + a[0];
    }

    private static void patterns(Functions functions) {
        functions.add(
                "matches",
                Kind.BOOL,
                a -> pattern((String) a[1]).matcher((String) a[0]).find(),
                TEXT,
                TEXT);
        functions.add("replaceAll", TEXT, TextFunctions::replacedAll, TEXT, TEXT, TEXT);
    }

    private static String replacedAll(Object[] a) {
        try {
            return pattern((String) a[1]).matcher((String) a[0]).replaceAll((String) a[2]);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new RowError("the replacement names a group that the pattern does not have");
        }
    }

    /** The compiled pattern. */
    static Pattern pattern(String text) {
        return PATTERNS.of(text);
    }

    private static Pattern compiled(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new RowError("the pattern is not a regular expression: " + e.getDescription());
        }
    }
}
