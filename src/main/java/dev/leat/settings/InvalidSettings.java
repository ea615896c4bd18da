package dev.leat.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The user sent settings that cannot be; holds everything that is wrong with them at once. */
public final class InvalidSettings extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    /** All that is wrong; at least one. */
    public InvalidSettings(List<Violation> violations) {
        super(violations.stream().map(v -> v.field() + ": " + v.message()).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** What is wrong. */
    public List<Violation> violations() {
        return violations;
    }
}
