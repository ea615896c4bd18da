package dev.leat.shape.filter;

import java.nio.charset.StandardCharsets;

/** A pattern of LIKE over UTF-8 bytes; without regard to case only the letters A to Z are alike, as under COLLATE "C". */
final class LikePattern {

    private static final short ANY_CHARACTER = -1;
    private static final short ANY_TEXT = -2;

    private final short[] steps;
    private final boolean anyCase;

    private LikePattern(short[] steps, boolean anyCase) {
        this.steps = steps;
        this.anyCase = anyCase;
    }

    /** A pattern whose escape character is the backslash, and that does not end in a lone one. */
    static LikePattern of(String pattern, boolean anyCase) {
        byte[] bytes = pattern.getBytes(StandardCharsets.UTF_8);
        short[] steps = new short[bytes.length];
        int count = 0;
        for (int i = 0; i < bytes.length; i++) {
            steps[count++] = switch (bytes[i]) {
                case '%' -> ANY_TEXT;
                case '_' -> ANY_CHARACTER;
                case '\\' -> literal(bytes[++i], anyCase);
                default -> literal(bytes[i], anyCase);
            };
        }
        return new LikePattern(java.util.Arrays.copyOf(steps, count), anyCase);
    }

    boolean matches(byte[] text, int start, int length) {
        int end = start + length;
        int at = start;
        int step = 0;
        int retryAt = -1;
        int retryStep = -1;
        while (at < end) {
            if (step < steps.length && steps[step] == ANY_TEXT) {
                retryStep = ++step;
                retryAt = at;
            } else if (step < steps.length && steps[step] == ANY_CHARACTER) {
                step++;
                at = nextCharacter(text, at, end);
            } else if (step < steps.length && steps[step] == literal(text[at], anyCase)) {
                step++;
                at++;
            } else if (retryStep >= 0) {
                // the last % takes one character more
                retryAt = nextCharacter(text, retryAt, end);
                at = retryAt;
                step = retryStep;
            } else {
                return false;
            }
        }
        while (step < steps.length && steps[step] == ANY_TEXT) {
            step++;
        }
        return step == steps.length;
    }

    private static short literal(byte b, boolean anyCase) {
        return (short) (anyCase && b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff);
    }

    private static int nextCharacter(byte[] text, int at, int end) {
        int next = at + 1;
        while (next < end && (text[next] & 0xc0) == 0x80) {
            next++;
        }
        return next;
    }
}
