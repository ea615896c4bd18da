package dev.leat.security;

import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords came from one address. */
final class TooManyAttempts extends AuthenticationException {

    private static final long serialVersionUID = 1;

    TooManyAttempts() {
        super("Too many failed sign-ins. Wait " + SignInLimit.WINDOW.toMinutes() + " minutes, then try again.");
    }
}
