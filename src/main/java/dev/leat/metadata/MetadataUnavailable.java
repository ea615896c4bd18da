package dev.leat.metadata;

import org.jspecify.annotations.Nullable;

/** Leat cannot start because its own database or data directory is not to be had. */
public final class MetadataUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    /** What happened to which object, and what to do about it. */
    public MetadataUnavailable(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** What the user can do. */
    public String remedy() {
        return remedy;
    }
}
