package dev.leat.kafka.format;

import dev.leat.settings.FormatSettings;

/**
 * The options of Canal JSON.
 *
 * @param latin1 {@code bytea=latin1}: bytes as characters, as Canal writes them; else PostgreSQL's {@code \x…}
 * @param initialReads {@code snapshot.type=INIT}: rows of the full phase have a type of their own
 * @param wholeOld {@code old=all}: all previous values, not only those that changed
 * @param emptyOld {@code old.unknown=empty}: {@code [{}]} where no previous value is known; else null
 * @param dataType whether the type names stand under {@code dataType} too
 */
record CanalOptions(boolean latin1, boolean initialReads, boolean wholeOld, boolean emptyOld, boolean dataType) {

    /** All defaults. */
    static final CanalOptions DEFAULT = new CanalOptions(false, false, false, false, true);

    /** Reads the options. */
    static CanalOptions of(FormatSettings format) {
        return new CanalOptions(
                Choice.of(format, "bytea", "hex", "latin1").equals("latin1"),
                Choice.of(format, "snapshot.type", "INSERT", "INIT").equals("INIT"),
                Choice.of(format, "old", "changed", "all").equals("all"),
                Choice.of(format, "old.unknown", "null", "empty").equals("empty"),
                Choice.flag(format, "dataType", true));
    }
}
