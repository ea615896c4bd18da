package dev.leat.shape.etl;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Values as PostgreSQL prints them, and work on texts, which counts characters as PostgreSQL does: by code point. */
final class Texts {

    private Texts() {}

    /** The text that PostgreSQL would print. */
    static String of(Object value, Kind kind) {
        return switch (kind) {
            case INT, STRING -> value.toString();
            case DOUBLE -> floating((Double) value, 15);
            case DECIMAL -> value instanceof BigDecimal exact ? exact.toPlainString() : floating((Double) value, 15);
            case BOOL -> (Boolean) value ? "true" : "false";
            case BYTES -> "\\x" + HexFormat.of().formatHex((byte[]) value);
            case TIMESTAMP -> Times.text((Long) value, true);
            case DURATION -> of(BigDecimal.valueOf((Long) value, 6).stripTrailingZeros(), Kind.DECIMAL) + "s";
            case NULL -> "";
        };
    }

    /** Shortest text of a double, in fixed notation up to so many digits before the point. */
    static String floating(double value, int fixedDigits) {
        return Double.isFinite(value) ? shortest(Double.toString(value), fixedDigits) : special(value);
    }

    /** The same of a single-precision number. */
    static String single(float value) {
        return Float.isFinite(value) ? shortest(Float.toString(value), 6) : special(value);
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }

    private static String shortest(String java, int fixedDigits) {
        BigDecimal exact = new BigDecimal(java).stripTrailingZeros();
        if (exact.signum() == 0) {
            return java.startsWith("-") ? "-0" : "0";
        }
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < fixedDigits) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String width = Math.abs(exponent) < 10 ? "0" : "";
        return (exact.signum() < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+") + width
                + Math.abs(exponent);
    }

    static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Characters from a place counted from 0; what lies outside the text is not there. */
    static String slice(String text, long start, long end) {
        int length = text.codePointCount(0, text.length());
        int from = (int) Math.clamp(start, 0, length);
        int to = (int) Math.clamp(end, from, length);
        int first = text.offsetByCodePoints(0, from);
        return text.substring(first, text.offsetByCodePoints(first, to - from));
    }

    /** The n-th piece between separators, counted from 1; empty where there is none, as PostgreSQL's split_part. */
    static String piece(String text, String separator, long number) {
        if (number < 1) {
            throw new RowError("pieces are counted from 1");
        }
        if (separator.isEmpty()) {
            return number == 1 ? text : "";
        }
        int start = 0;
        for (long i = 1; ; i++) {
            int end = text.indexOf(separator, start);
            if (i == number || end < 0) {
                return i < number ? "" : text.substring(start, end < 0 ? text.length() : end);
            }
            start = end + separator.length();
        }
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** How often a text stands in another, without overlap. */
    static long count(String text, String part) {
        long count = 0;
        for (int at = part.isEmpty() ? -1 : text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    /** Place of a text in another, counted from 0; -1 where it does not stand. */
    static long find(String text, String part) {
        int at = text.indexOf(part);
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    static byte[] bytes(String text) {
        try {
            return text.startsWith("\\x")
                    ? HexFormat.of().parseHex(text, 2, text.length())
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RowError("the text is not hexadecimal");
        }
    }
}
