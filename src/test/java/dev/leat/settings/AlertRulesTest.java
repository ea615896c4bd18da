package dev.leat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What alerts may ask for, and what they mean. */
class AlertRulesTest {

    @Test
    void theDefaultsAreFiveMinutesADayAndFourFifthsOfTheSlotsRoom() {
        AlertSettings usual = AlertSettings.DEFAULT;
        assertThat(usual.onFailure()).isTrue();
        assertThat(usual.delay()).contains(Duration.ofMinutes(5));
        assertThat(usual.full()).contains(Duration.ofDays(1));
        assertThat(usual.walBytes(20_000_000_000L)).contains(16_000_000_000L);
        assertThat(AlertRules.violations(usual)).isEmpty();
    }

    @Test
    void nothingIsNever() {
        AlertSettings none = new AlertSettings(false, 0, 0, 0.0, null);
        assertThat(none.onFailure()).isFalse();
        assertThat(none.delay()).isEmpty();
        assertThat(none.full()).isEmpty();
        assertThat(none.walBytes(20_000_000_000L)).isEmpty();
        assertThat(AlertRules.violations(none)).isEmpty();
    }

    @Test
    void aNumberOfGigabytesCountsWhateverTheSlotMayKeep() {
        assertThat(wal(0.5).walBytes(20_000_000_000L)).contains(500_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "-1,,,delaySeconds",
        "604801,,,delaySeconds",
        ",-1,,fullHours",
        ",8761,,fullHours",
        ",,-0.1,walGigabytes",
        ",,1000001,walGigabytes",
        ",,NaN,walGigabytes"
    })
    void whatCannotBeIsToldByTheNameOfItsField(
            @Nullable Integer delay, @Nullable Integer full, @Nullable Double wal, String field) {
        assertThat(AlertRules.violations(new AlertSettings(null, delay, full, wal, null)))
                .singleElement()
                .satisfies(wrong -> {
                    assertThat(wrong.field()).isEqualTo("alerts." + field);
                    assertThat(wrong.message()).startsWith("Must be 0 to ");
                    assertThat(wrong.remedy()).startsWith("Give 0 to be told of none");
                });
    }

    @Test
    void contactsAreRefusedAsLongAsThereAreNone() {
        TaskSettings task = TaskSettings.of("t", "from", "to", new ObjectSelection(null, null))
                .with(new AlertSettings(null, null, null, null, List.of("ops")));
        assertThat(new SettingsRules(task).violations()).singleElement().satisfies(wrong -> {
            assertThat(wrong.field()).isEqualTo("alerts.contacts");
            assertThat(wrong.message()).isEqualTo("There are no contacts in this version.");
        });
    }

    private static AlertSettings wal(double gigabytes) {
        return new AlertSettings(null, null, null, gigabytes, null);
    }
}
