package dev.leat.security;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The only place that compares a password with a hash: within the limit for guesses, and a few at a time. */
final class PasswordCheck {

    private static final int LONGEST_WAIT_SECONDS = 10;

    private final PasswordEncoder encoder;
    private final SignInLimit limit;
    /** A comparison takes a core for a tenth of a second. */
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    PasswordCheck(PasswordEncoder encoder, SignInLimit limit) {
        this.encoder = encoder;
        this.limit = limit;
    }

    /**
     * Whether the password is the one that the hash was made of.
     *
     * @param address where the attempt comes from
     * @throws TooManyAttempts when it was not looked at
     */
    boolean matches(String user, String password, String hash, String address) {
        if (!limit.begin(user, address)) {
            throw new TooManyAttempts();
        }
        boolean matches = compare(password, hash);
        if (matches) {
            limit.succeeded(user, address);
        }
        return matches;
    }

    private boolean compare(String password, String hash) {
        takeTurn();
        try {
            return encoder.matches(password, hash);
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new TooManyAttempts();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyAttempts();
        }
    }
}
