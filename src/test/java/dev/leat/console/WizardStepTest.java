package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.console.form.Field;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** At which step of the wizard a setting is asked for. */
class WizardStepTest {

    @ParameterizedTest
    @CsvSource({
        "name, ENDS",
        "source.connection, ENDS",
        "source.slot, ADVANCED",
        "destination.topic, ENDS",
        "destination.ddlTopic, OBJECTS",
        "destination.deadLetterTopic, ADVANCED",
        "kafka.acks, OBJECTS",
        "kafka.tooLarge, ADVANCED",
        "objects.include[3].filter, OBJECTS",
        "etl[0].steps[1].to, ADVANCED",
        "instanceClass, START"
    })
    void knowsWhichStepAsksForAValue(String field, WizardStep step) {
        assertThat(WizardStep.asking(field)).isEqualTo(step);
    }

    @ParameterizedTest
    @EnumSource(WizardStep.class)
    void asksItselfForItsFields(WizardStep step) {
        assertThat(step.fields()).extracting(Field::path).allMatch(path -> WizardStep.asking(path) == step);
    }

    @ParameterizedTest
    @EnumSource(WizardStep.class)
    void hasAName(WizardStep step) throws IOException {
        Properties texts = new Properties();
        try (var in = new InputStreamReader(
                WizardStepTest.class.getResourceAsStream("/messages.properties"), StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        assertThat(texts).containsKey("wizard." + step.path());
        assertThat(WizardStep.of(step.path())).contains(step);
    }

    @Test
    void goesThroughAllSteps() {
        assertThat(WizardStep.ENDS.previous()).isEqualTo(WizardStep.ENDS);
        assertThat(WizardStep.ENDS.next().next().next().next()).isEqualTo(WizardStep.START);
        assertThat(WizardStep.START.next()).isEqualTo(WizardStep.START);
    }
}
