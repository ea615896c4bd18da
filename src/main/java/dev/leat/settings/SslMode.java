package dev.leat.settings;

import java.util.Locale;

/** PostgreSQL's {@code sslmode}. */
public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** Whether the server has to prove who it is. */
    public boolean verifies() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }

    /** PostgreSQL's own spelling, such as {@code verify-full}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
