package dev.leat.security;

import java.util.Optional;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What a session's sign-in was made by: it stands as long as the user has that role and that password. */
final class SignedIn {

    private final Role role;
    private volatile String passwordHash;

    SignedIn(UserStore.Stored stored) {
        this.role = stored.user().role();
        this.passwordHash = stored.passwordHash();
    }

    /** Of a sign-in by name and password; empty for one by token. */
    static Optional<SignedIn> of(Authentication authentication) {
        return authentication.getDetails() instanceof SignedIn details ? Optional.of(details) : Optional.empty();
    }

    /** Whoever changes the password stays signed in, alone. */
    static void passwordChanged(String user, String passwordHash) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof AbstractAuthenticationToken own
                && own.getName().equals(user)) {
            of(own).ifPresent(details -> details.passwordHash = passwordHash);
        }
    }

    boolean isOf(UserStore.Stored stored) {
        return stored.user().role() == role && stored.passwordHash().equals(passwordHash);
    }

    /** Nothing of the hash is printed. */
    @Override
    public String toString() {
        return "SignedIn[" + role + "]";
    }
}
