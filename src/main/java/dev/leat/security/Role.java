package dev.leat.security;

/** What a user may do; each role includes the ones before it. */
public enum Role {
    /** See everything but secrets. */
    VIEWER,
    /** Change tasks and connections. */
    OPERATOR,
    /** Change users too. */
    ADMIN;

    /** Spring Security's name of it. */
    String authority() {
        return "ROLE_" + name();
    }
}
