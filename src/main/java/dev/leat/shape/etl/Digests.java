package dev.leat.shape.etl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Digests of values in lower-case hexadecimal; the salt is hashed in front of the value. */
final class Digests {

    private static final Set<String> KNOWN = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private Digests() {}

    static MessageDigest of(String name) {
        if (!KNOWN.contains(name)) {
            throw new RowError("a digest is one of MD5, SHA-1, SHA-256, SHA-384, SHA-512");
        }
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new RowError("this Java has no digest of that name");
        }
    }

    static String hex(String name, String salt, String value) {
        MessageDigest digest = of(name);
        digest.update(salt.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
    }
}
