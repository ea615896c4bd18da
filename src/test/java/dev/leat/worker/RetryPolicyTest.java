package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.failure.FailureKind;
import dev.leat.failure.FailureKind.Retry;
import dev.leat.settings.OnTableFailure;
import dev.leat.settings.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is tried again, for how long, and how often. */
class RetryPolicyTest {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private final RetryPolicy policy = new RetryPolicy(new RetrySettings(720, 10), OnTableFailure.STOP, new Random(7));

    /** A second attempt finds the same, and each of them may lock the account or hold WAL. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "SOURCE_AUTHENTICATION",
                "SOURCE_PRIVILEGE",
                "SOURCE_SLOT_LOST",
                "SOURCE_OBJECT_MISSING",
                "SOURCE_SCHEMA_CHANGED",
                "DESTINATION_AUTHENTICATION",
                "DESTINATION_PRIVILEGE",
                "DESTINATION_TOPIC_MISSING",
                "REGISTRY_AUTHENTICATION",
                "RECORD_TOO_LARGE",
                "SETTINGS",
                "UNKNOWN"
            })
    void whatAPersonMustMendIsNotTriedAgain(FailureKind kind) {
        assertThat(kind.retry()).isEqualTo(Retry.MANUAL);
        assertThat(policy.windowEnds(kind, SINCE)).isEmpty();
    }

    @Test
    void whatMayConcernOneTopicIsTriedAgainWhereTablesAreSetAside() {
        RetryPolicy tolerant = new RetryPolicy(new RetrySettings(720, 10), OnTableFailure.SET_ASIDE, new Random(7));
        assertThat(tolerant.windowEnds(FailureKind.DESTINATION_TOPIC_MISSING, SINCE))
                .contains(SINCE.plus(Duration.ofMinutes(10)));
        assertThat(tolerant.windowEnds(FailureKind.DESTINATION_PRIVILEGE, SINCE))
                .contains(SINCE.plus(Duration.ofMinutes(10)));
        assertThat(tolerant.windowEnds(FailureKind.SOURCE_PRIVILEGE, SINCE)).isEmpty();
    }

    @Test
    void eachWindowHasItsLength() {
        assertThat(policy.windowEnds(FailureKind.SOURCE_UNREACHABLE, SINCE)).contains(SINCE.plus(Duration.ofHours(12)));
        assertThat(policy.windowEnds(FailureKind.DESTINATION_UNREACHABLE, SINCE))
                .contains(SINCE.plus(Duration.ofHours(12)));
        assertThat(policy.windowEnds(FailureKind.SOURCE_SLOT_BUSY, SINCE)).contains(SINCE.plus(Duration.ofMinutes(10)));
    }

    @Test
    void pausesGrowToAMinuteAndScatter() {
        assertThat(policy.pause(0)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_200));
        assertThat(policy.pause(3)).isBetween(Duration.ofMillis(6_400), Duration.ofMillis(9_600));
        assertThat(policy.pause(1_000)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        assertThat(policy.pause(5)).isNotEqualTo(policy.pause(5));
    }

    @Test
    void everyKindSaysWhatToDo() {
        assertThat(Arrays.asList(FailureKind.values()))
                .allSatisfy(kind -> assertThat(kind.remedy()).isNotBlank());
    }
}
