package dev.leat.shape.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the literals of a filter as values of a type, and writes them as PostgreSQL prints them. Only what PostgreSQL
 * reads in one way under every setting is taken.
 */
final class Literals {

    // numeric's own bounds; source: PostgreSQL's manual, "Numeric Types"
    private static final int MAX_WHOLE_DIGITS = 131_072;
    private static final int MAX_SCALE = 16_383;

    private static final Set<String> TRUE = Set.of("t", "tr", "tru", "true", "y", "ye", "yes", "on", "1");
    private static final Set<String> FALSE = Set.of("f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");
    private static final Pattern INFINITY = Pattern.compile("([+-]?)inf(inity)?");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern BYTEA = Pattern.compile("\\\\x([0-9a-f]{2})*");

    private Literals() {}

    /** The value in PostgreSQL's own text; empty when it is none of the type. */
    static Optional<String> read(String literal, Type type) {
        // texts, labels and characters keep their blanks
        return switch (type.kind()) {
            case TEXT, VARCHAR, ENUM -> Optional.of(literal);
            case BPCHAR -> Optional.of(stripped(literal));
            case INT2, INT4, INT8 ->
                matching(WHOLE, trimmed(literal)).map(BigInteger::new).flatMap(value -> whole(value, type));
            case NUMERIC -> numeric(trimmed(literal));
            case FLOAT4, FLOAT8 -> floating(trimmed(literal), type);
            case BOOL -> bool(trimmed(literal).toLowerCase(Locale.ROOT));
            case DATE -> TemporalLiterals.date(trimmed(literal));
            case TIMESTAMP -> TemporalLiterals.timestamp(trimmed(literal), false);
            case TIMESTAMPTZ -> TemporalLiterals.timestamp(trimmed(literal), true);
            case UUID -> matching(UUID, trimmed(literal).toLowerCase(Locale.ROOT));
            case BYTEA -> matching(BYTEA, literal.toLowerCase(Locale.ROOT));
            case OTHER, COMPOSITE -> Optional.empty();
        };
    }

    /** How literals of a type look, for people. */
    static String form(Type type) {
        return switch (type.kind()) {
            case TEXT, VARCHAR, BPCHAR, ENUM -> "Write the text in single quotes.";
            case INT2, INT4, INT8 -> "Write digits, within the range of " + type.shown() + ".";
            case NUMERIC -> "Write 12, 12.5, 1.25e3 or 'NaN'.";
            case FLOAT4, FLOAT8 ->
                "Write 12.5, 1.25e3, 'NaN', 'Infinity' or '-Infinity', within the range of " + type.shown() + ".";
            case BOOL -> "Write TRUE or FALSE.";
            case DATE -> "Write '2026-01-31', '0044-03-15 BC', 'infinity' or '-infinity'.";
            case TIMESTAMP -> "Write '2026-01-31', '2026-01-31 12:30:00', 'infinity' or '-infinity', without a zone.";
            case TIMESTAMPTZ -> "Write '2026-01-31 12:30:00+00'; without a zone it is UTC.";
            case UUID -> "Write 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'.";
            case BYTEA -> "Write '\\x' and pairs of hexadecimal digits.";
            case OTHER, COMPOSITE -> "Only IS [NOT] NULL can ask for such a value.";
        };
    }

    /** The type of a number that stands in the text without quotes. */
    static Type typeOf(String digits) {
        if (!WHOLE.matcher(digits).matches()) {
            return Type.NUMERIC;
        }
        int bits = new BigInteger(digits).bitLength();
        return bits < 32 ? Type.INT4 : bits < 64 ? Type.INT8 : Type.NUMERIC;
    }

    /** A number as a value of another type; numeric rounds half away from zero. */
    static Optional<String> convert(String number, Type from, Type to) {
        if (to.whole()) {
            return from.floating() || number.equals("NaN")
                    ? Optional.empty()
                    : whole(
                            new BigDecimal(number)
                                    .setScale(0, RoundingMode.HALF_UP)
                                    .toBigInteger(),
                            to);
        }
        if (to.kind() == Type.Kind.NUMERIC) {
            return from.floating() ? Optional.empty() : numeric(number);
        }
        if (from.kind() == Type.Kind.FLOAT4 && to.kind() == Type.Kind.FLOAT8) {
            return Optional.of(Double.toString(Float.parseFloat(number)));
        }
        return from.kind() == Type.Kind.FLOAT8 && to.kind() == Type.Kind.FLOAT4
                ? Optional.empty()
                : floating(number, to);
    }

    /** A text without the blanks at its end, which mean nothing for type character. */
    static String stripped(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static String trimmed(String text) {
        return text.strip();
    }

    private static Optional<String> whole(BigInteger value, Type type) {
        int bits = type.kind() == Type.Kind.INT2 ? 16 : type.kind() == Type.Kind.INT4 ? 32 : 64;
        return value.bitLength() < bits ? Optional.of(value.toString()) : Optional.empty();
    }

    private static Optional<String> numeric(String text) {
        if (text.equalsIgnoreCase("nan")) {
            return Optional.of("NaN");
        }
        return matching(DECIMAL, text).map(BigDecimal::new).flatMap(value -> {
            long whole = (long) value.precision() - value.scale();
            return whole > MAX_WHOLE_DIGITS || value.scale() > MAX_SCALE || value.scale() < -MAX_WHOLE_DIGITS
                    ? Optional.empty()
                    : Optional.of(value.toPlainString());
        });
    }

    private static Optional<String> floating(String text, Type type) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("nan")) {
            return Optional.of("NaN");
        }
        if (INFINITY.matcher(lower).matches()) {
            return Optional.of(lower.startsWith("-") ? "-Infinity" : "Infinity");
        }
        return matching(DECIMAL, text).flatMap(digits -> finite(digits, type));
    }

    private static Optional<String> finite(String digits, Type type) {
        boolean single = type.kind() == Type.Kind.FLOAT4;
        double value = DoubleTerm.parse(digits, single);
        boolean vanished = value == 0 && new BigDecimal(digits).signum() != 0;
        if (Double.isInfinite(value) || vanished) {
            return Optional.empty();
        }
        return Optional.of(single ? Float.toString((float) value) : Double.toString(value));
    }

    private static Optional<String> bool(String text) {
        if (TRUE.contains(text)) {
            return Optional.of("t");
        }
        return FALSE.contains(text) ? Optional.of("f") : Optional.empty();
    }
}
