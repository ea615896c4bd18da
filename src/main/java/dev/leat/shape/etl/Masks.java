package dev.leat.shape.etl;

import dev.leat.settings.EtlStep;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hides a value: all but its first and last characters, or behind a digest. Belongs to one thread. */
sealed interface Masks {

    /** Appends the masked value. */
    void mask(byte[] source, int start, int length, ValueBuffer out);

    static Masks of(EtlStep.Mask step, Kind kind) {
        String hash = step.hash();
        if (hash != null) {
            return new Digest(Digests.of(hash), utf8(step.salt() == null ? "" : step.salt()), kind == Kind.BYTES);
        }
        int first = step.keepFirst() == null ? 0 : step.keepFirst();
        int last = step.keepLast() == null ? 0 : step.keepLast();
        return new Cover(first, last, utf8(step.with() == null ? "*" : step.with()));
    }

    /** The same on a text, for expressions. */
    static String text(String text, long first, long last, String with) {
        if (first < 0 || last < 0) {
            throw new RowError("a mask keeps 0 or more characters");
        }
        byte[] bytes = utf8(text);
        ValueBuffer out = new ValueBuffer();
        new Cover(Math.clamp(first, 0, Integer.MAX_VALUE / 2), Math.clamp(last, 0, Integer.MAX_VALUE / 2), utf8(with))
                .mask(bytes, 0, bytes.length, out);
        return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a character over each but the first and last few; a text that would stay readable is covered whole. */
    record Cover(int first, int last, byte[] with) implements Masks {

        @Override
        public void mask(byte[] source, int start, int length, ValueBuffer out) {
            int characters = 0;
            for (int i = start; i < start + length; i++) {
                characters += isContinuation(source[i]) ? 0 : 1;
            }
            boolean whole = (long) first + last >= characters;
            int from = whole ? 0 : first;
            int to = whole ? characters : characters - last;
            int character = -1;
            for (int i = start; i < start + length; i++) {
                boolean begins = !isContinuation(source[i]);
                character += begins ? 1 : 0;
                if (character < from || character >= to) {
                    out.append(source[i]);
                } else if (begins) {
                    out.append(with, 0, with.length);
                }
            }
        }

        private static boolean isContinuation(byte one) {
            return (one & 0xC0) == 0x80;
        }
    }

    /** Writes the digest of salt and value in lower-case hexadecimal; of bytes, of what their text stands for. */
    record Digest(MessageDigest digest, byte[] salt, boolean ofBytes) implements Masks {

        @Override
        public void mask(byte[] source, int start, int length, ValueBuffer out) {
            digest.update(salt);
            if (ofBytes) {
                digest.update(Texts.bytes(new String(source, start, length, StandardCharsets.US_ASCII)));
            } else {
                digest.update(source, start, length);
            }
            out.append(HexFormat.of().formatHex(digest.digest()));
        }
    }
}
