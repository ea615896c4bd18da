package dev.leat.security;

import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords came for one user or from one address, or more wait to be compared than can be. */
final class TooManyAttempts extends AuthenticationException {

    private static final long serialVersionUID = 1;

    TooManyAttempts() {
        super("Too many failed sign-ins. Wait " + SignInLimit.WINDOW.toMinutes() + " minutes, then try again.");
    }
}
