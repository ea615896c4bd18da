package dev.leat.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slows down guessing: counts sign-ins that were begun and did not succeed, per user and address, per address and per
 * user, in fixed windows.
 */
final class SignInLimit {

    static final Duration WINDOW = Duration.ofMinutes(5);
    static final int FAILURES_PER_USER = 10;
    static final int FAILURES_PER_ADDRESS = 100;
    /** From whatever address; who signed in from an address before is not kept out by guesses from elsewhere. */
    static final int FAILURES_PER_USER_EVERYWHERE = 100;

    private static final int MAX_ENTRIES = 10_000;

    private record Failures(Instant since, int count) {}

    private final Clock clock;
    private final Map<String, Failures> failures = lately();
    private final Set<String> known = Collections.newSetFromMap(lately());

    SignInLimit(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts a sign-in as failed before its password is looked at, so that many at once are not all let through.
     *
     * @return false when there were too many, and it must not be looked at
     */
    synchronized boolean begin(String user, String address) {
        String both = both(user, address);
        boolean allowed = count(both) < FAILURES_PER_USER
                && count(address(address)) < FAILURES_PER_ADDRESS
                && (known.contains(both) || count(name(user)) < FAILURES_PER_USER_EVERYWHERE);
        if (allowed) {
            List.of(both, address(address), name(user)).forEach(key -> add(key, 1));
        }
        return allowed;
    }

    /** Takes back what {@link #begin} counted, and forgives what that user failed at from that address. */
    synchronized void succeeded(String user, String address) {
        add(address(address), -1);
        add(name(user), -1);
        failures.remove(both(user, address));
        known.add(both(user, address));
    }

    private int count(String key) {
        Failures known = failures.get(key);
        return known == null || ended(known) ? 0 : known.count();
    }

    private void add(String key, int more) {
        Failures known = failures.get(key);
        Instant since = known == null || ended(known) ? clock.instant() : known.since();
        failures.put(key, new Failures(since, Math.max(0, count(key) + more)));
    }

    private boolean ended(Failures known) {
        return !clock.instant().isBefore(known.since().plus(WINDOW));
    }

    private static String both(String user, String address) {
        return "both " + address + " " + user;
    }

    private static String address(String address) {
        return "address " + address;
    }

    private static String name(String user) {
        return "user " + user;
    }

    /** The entries that were used last. */
    private static <T> Map<String, T> lately() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MAX_ENTRIES;
            }
        };
    }
}
