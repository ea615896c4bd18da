package dev.leat.settings;

import org.jspecify.annotations.Nullable;

/** How fast a task may go in its full and in its incremental phase; can be changed while it runs. */
public record ThrottleSettings(Limits full, Limits incremental) {

    /** As fast as it can. */
    public static final ThrottleSettings NONE = new ThrottleSettings(null, null);

    /** Fills in the defaults: no limit. */
    public ThrottleSettings(@Nullable Limits full, @Nullable Limits incremental) {
        this.full = full == null ? Limits.NONE : full;
        this.incremental = incremental == null ? Limits.NONE : incremental;
    }

    /** The limits in words, for people. */
    public String text() {
        return "full phase " + full.text() + ", incremental phase " + incremental.text();
    }

    /**
     * Checks the numbers.
     *
     * @throws InvalidSettings with everything that is wrong
     */
    public ThrottleSettings checked() {
        ThrottleRules rules = new ThrottleRules(this);
        if (!rules.violations("").isEmpty()) {
            throw new InvalidSettings(rules.violations(""));
        }
        return this;
    }
}
