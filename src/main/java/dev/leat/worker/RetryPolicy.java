package dev.leat.worker;

import dev.leat.failure.FailureKind;
import dev.leat.settings.OnTableFailure;
import dev.leat.settings.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a failed task is tried again: with growing pauses, until the window of its kind of failure is over. */
final class RetryPolicy {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final double JITTER = 0.2;

    private final RetrySettings settings;
    private final OnTableFailure onTableFailure;
    private final RandomGenerator random;

    RetryPolicy(RetrySettings settings, OnTableFailure onTableFailure, RandomGenerator random) {
        this.settings = settings;
        this.onTableFailure = onTableFailure;
        this.random = random;
    }

    /** When trying ends; empty when a person must act at once. */
    Optional<Instant> windowEnds(FailureKind kind, Instant since) {
        return switch (kind.retry()) {
            case WITHIN_CONNECTION_WINDOW -> Optional.of(since.plus(settings.connection()));
            case WITHIN_OTHER_WINDOW -> Optional.of(since.plus(settings.other()));
            case MANUAL -> mayGoOnWithout(kind) ? Optional.of(since.plus(settings.other())) : Optional.empty();
            case NEVER -> Optional.empty();
        };
    }

    /** The next run sets the tables of the topic aside. */
    private boolean mayGoOnWithout(FailureKind kind) {
        return onTableFailure == OnTableFailure.SET_ASIDE && kind.mayConcernOneTopic();
    }

    /** The pause before an attempt, counted from 0. */
    Duration pause(int attempt) {
        long millis = FIRST_PAUSE.toMillis() << Math.min(attempt, 10);
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis((long) (Math.min(millis, LONGEST_PAUSE.toMillis()) * factor));
    }
}
