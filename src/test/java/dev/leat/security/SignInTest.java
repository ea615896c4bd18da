package dev.leat.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How guessing is slowed, how verified passwords are remembered, and what tokens look like. */
class SignInTest {

    private final SettableClock clock = new SettableClock();

    @Test
    void slowsDownOneUserFromOneAddressForAWhile() {
        var limit = new SignInLimit(clock);
        IntStream.range(0, SignInLimit.FAILURES_PER_USER).forEach(i -> limit.begin("anna", "10.0.0.1"));

        assertThat(limit.begin("anna", "10.0.0.1")).isFalse();
        assertThat(limit.begin("anna", "10.0.0.2")).isTrue();
        assertThat(limit.begin("bert", "10.0.0.1")).isTrue();
        clock.advance(SignInLimit.WINDOW);
        assertThat(limit.begin("anna", "10.0.0.1")).isTrue();
    }

    @Test
    void slowsDownAnAddressThatTriesManyUsers() {
        var limit = new SignInLimit(clock);
        IntStream.range(0, SignInLimit.FAILURES_PER_ADDRESS).forEach(i -> limit.begin("user" + i, "10.0.0.1"));

        assertThat(limit.begin("anna", "10.0.0.1")).isFalse();
        assertThat(limit.begin("anna", "10.0.0.2")).isTrue();
    }

    @Test
    void anAddressPerGuessPassedTheLimit() {
        var limit = new SignInLimit(clock);
        limit.begin("anna", "10.0.0.1");
        limit.succeeded("anna", "10.0.0.1");
        IntStream.range(0, SignInLimit.FAILURES_PER_USER_EVERYWHERE).forEach(i -> limit.begin("anna", "10.1.0." + i));

        assertThat(limit.begin("anna", "10.2.0.1")).isFalse();
        assertThat(limit.begin("anna", "10.0.0.1")).isTrue();
        assertThat(limit.begin("bert", "10.2.0.1")).isTrue();
    }

    @Test
    void guessesAtOnceWereAllCompared() throws InterruptedException {
        var compared = new AtomicInteger();
        var all = new CyclicBarrier(40);
        var passwords = new PasswordCheck(new Comparing(compared), new SignInLimit(clock));

        var guesses = IntStream.range(0, 40)
                .mapToObj(i -> Thread.ofVirtual().start(() -> guess(all, passwords)))
                .toList();
        for (var guess : guesses) {
            guess.join();
        }

        assertThat(compared).hasValue(SignInLimit.FAILURES_PER_USER);
    }

    private static void guess(CyclicBarrier all, PasswordCheck passwords) {
        try {
            all.await();
            passwords.matches("anna", "a guess", "", "10.0.0.1");
        } catch (TooManyAttempts | InterruptedException | BrokenBarrierException e) {
            // counted by what was compared
        }
    }

    /** Counts what it compares; nothing is right. */
    private record Comparing(AtomicInteger compared) implements PasswordEncoder {

        @Override
        public String encode(CharSequence password) {
            return "";
        }

        @Override
        public boolean matches(CharSequence password, String hash) {
            compared.incrementAndGet();
            return false;
        }
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        var limit = new SignInLimit(clock);
        IntStream.range(0, SignInLimit.FAILURES_PER_USER).forEach(i -> limit.begin("anna", "10.0.0.1"));
        limit.succeeded("anna", "10.0.0.1");
        limit.begin("anna", "10.0.0.1");

        assertThat(limit.begin("anna", "10.0.0.1")).isTrue();
    }

    @Test
    void remembersAVerifiedPasswordUntilItIsChangedOrOld() {
        var verified = new VerifiedPasswords(clock);
        verified.remember("anna", "secret", "{bcrypt}1");

        assertThat(verified.knows("anna", "secret", "{bcrypt}1")).isTrue();
        assertThat(verified.knows("anna", "secret", "{bcrypt}2")).isFalse();
        assertThat(verified.knows("anna", "other", "{bcrypt}1")).isFalse();
        assertThat(verified.knows("ann", "asecret", "{bcrypt}1")).isFalse();
        clock.advance(VerifiedPasswords.KEPT);
        assertThat(verified.knows("anna", "secret", "{bcrypt}1")).isFalse();
    }

    @Test
    void tokensAreRandomAndRecognised() {
        var token = TokenText.fresh();

        assertThat(token).hasSize(48).startsWith("leat_").isNotEqualTo(TokenText.fresh());
        assertThat(TokenText.looksLikeOne(token)).isTrue();
        assertThat(TokenText.looksLikeOne(token + "x")).isFalse();
        assertThat(TokenText.looksLikeOne("leet_" + token.substring(5))).isFalse();
        assertThat(TokenText.hash(token)).hasSize(32).isNotEqualTo(TokenText.hash(TokenText.fresh()));
    }

    @Test
    void newTokenDoesNotPrintItsText() {
        var made =
                new NewToken(new Token(new java.util.UUID(0, 1), "ci", clock.instant(), null, null), TokenText.fresh());

        assertThat(made.toString()).isEqualTo("NewToken[ci]");
    }

    /** Stands still until it is moved. */
    private static final class SettableClock extends Clock {

        private Instant now = Instant.EPOCH;

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
