package dev.leat.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rules that the options of a record format must meet: each is known, and so is its value. */
final class FormatRules {

    private final FormatSettings format;
    private final List<FormatOption> known;

    FormatRules(FormatSettings format) {
        this.format = format;
        this.known = FormatOption.of(format.kind());
    }

    /** What is wrong with the options. */
    List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        format.options().forEach((name, value) -> option(name, value, violations));
        return violations;
    }

    private void option(String name, String value, List<Violation> violations) {
        String field = "format.options." + name;
        known.stream()
                .filter(option -> option.name().equals(name))
                .findAny()
                .ifPresentOrElse(
                        option -> {
                            if (!option.takes(value)) {
                                violations.add(refused(field, value, option));
                            }
                        },
                        () -> violations.add(unknown(field, name)));
    }

    private Violation unknown(String field, String name) {
        String names = known.stream().map(FormatOption::name).collect(Collectors.joining(", "));
        return new Violation(
                field,
                format.kind() + " has no option '" + name + "'.",
                names.isEmpty() ? "Leave it out: this format has no options." : "Use one of " + names + ".");
    }

    private static Violation refused(String field, String value, FormatOption option) {
        return option.values().isEmpty()
                ? new Violation(field, "The value is empty.", "Give a value, or leave the option out.")
                : new Violation(
                        field,
                        "'" + value + "' is not a value of this option.",
                        "Use one of " + String.join(", ", option.values()) + "; without it, "
                                + option.values().getFirst() + " holds.");
    }
}
