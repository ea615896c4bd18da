package dev.leat.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago, so that a REST call need not pay for bcrypt again; kept as keyed hashes, and
 * worth nothing once the stored hash has changed.
 */
final class VerifiedPasswords {

    static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MAX_ENTRIES = 1_000;

    private record Verified(String passwordHash, Instant until) {}

    private final Clock clock;
    private final byte[] key = new byte[32];
    private final Map<String, Verified> verified = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    VerifiedPasswords(Clock clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(key);
    }

    /** Whether that password was found to match that stored hash lately. */
    boolean knows(String user, String password, String passwordHash) {
        String digest = digest(user, password);
        synchronized (verified) {
            Verified known = verified.get(digest);
            return known != null
                    && known.passwordHash().equals(passwordHash)
                    && clock.instant().isBefore(known.until());
        }
    }

    void remember(String user, String password, String passwordHash) {
        String digest = digest(user, password);
        synchronized (verified) {
            verified.put(digest, new Verified(passwordHash, clock.instant().plus(KEPT)));
        }
    }

    private String digest(String user, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(user.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HmacSHA256", e);
        }
    }
}
