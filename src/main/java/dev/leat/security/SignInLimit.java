package dev.leat.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Slows down guessing: counts failed sign-ins per user and address, and per address, in fixed windows. */
final class SignInLimit {

    static final Duration WINDOW = Duration.ofMinutes(5);
    static final int FAILURES_PER_USER = 10;
    static final int FAILURES_PER_ADDRESS = 100;
    private static final int MAX_ENTRIES = 10_000;

    private record Failures(Instant since, int count) {}

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    SignInLimit(Clock clock) {
        this.clock = clock;
    }

    /** Whether that user may try from that address now. */
    synchronized boolean allows(String user, String address) {
        return count(key(user, address)) < FAILURES_PER_USER && count(address) < FAILURES_PER_ADDRESS;
    }

    synchronized void failed(String user, String address) {
        add(key(user, address));
        add(address);
    }

    synchronized void succeeded(String user, String address) {
        failures.remove(key(user, address));
    }

    private int count(String key) {
        Failures known = failures.get(key);
        return known == null || ended(known) ? 0 : known.count();
    }

    private void add(String key) {
        Failures known = failures.get(key);
        failures.put(
                key,
                known == null || ended(known)
                        ? new Failures(clock.instant(), 1)
                        : new Failures(known.since(), known.count() + 1));
    }

    private boolean ended(Failures known) {
        return !clock.instant().isBefore(known.since().plus(WINDOW));
    }

    private static String key(String user, String address) {
        return address + " " + user;
    }
}
