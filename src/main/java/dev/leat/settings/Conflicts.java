package dev.leat.settings;

/** What the precheck says of a target topic that already holds records. */
public enum Conflicts {
    REPORT,
    IGNORE
}
