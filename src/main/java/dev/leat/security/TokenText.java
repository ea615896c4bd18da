package dev.leat.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The text of an API token: {@code leat_} and 32 random bytes in Base64 for URLs. */
final class TokenText {

    private static final Pattern SHAPE = Pattern.compile("leat_[A-Za-z0-9_-]{43}");
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenText() {}

    static String fresh() {
        return "leat_" + random(RANDOM_BYTES);
    }

    /** So many random bytes in Base64 for URLs. */
    static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static boolean looksLikeOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
