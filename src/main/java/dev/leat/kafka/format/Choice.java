package dev.leat.kafka.format;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.FormatSettings;
import java.util.List;

/** Reads an option that has a few possible values. */
final class Choice {

    private Choice() {}

    /** The chosen value; the first one is the default. */
    static String of(FormatSettings format, String option, String... values) {
        String chosen = format.option(option, values[0]);
        for (String value : values) {
            if (value.equalsIgnoreCase(chosen)) {
                return value;
            }
        }
        throw new SyncException(
                FailureKind.SETTINGS,
                "Format option " + option + ": '" + chosen + "' is not one of " + String.join(", ", List.of(values))
                        + ".");
    }

    /** Whether a yes-or-no option is on. */
    static boolean flag(FormatSettings format, String option, boolean otherwise) {
        return otherwise
                ? of(format, option, "true", "false").equals("true")
                : of(format, option, "false", "true").equals("true");
    }

    /** A number from 0 to a greatest one. */
    static int number(FormatSettings format, String option, int otherwise, int greatest) {
        String chosen = format.option(option, Integer.toString(otherwise));
        if (!chosen.matches("\\d{1,3}") || Integer.parseInt(chosen) > greatest) {
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Format option " + option + ": '" + chosen + "' is not a number from 0 to " + greatest + ".");
        }
        return Integer.parseInt(chosen);
    }
}
