package dev.leat.security;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Signs in by name and password, for the login form and for Basic. */
final class PasswordSignIn implements AuthenticationProvider {

    private static final int MAX_LENGTH = 200;

    private final UserStore users;
    private final PasswordCheck passwords;
    private final VerifiedPasswords verified;
    private final String nobodysHash;

    PasswordSignIn(UserStore users, PasswordEncoder encoder, PasswordCheck passwords, Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.verified = new VerifiedPasswords(clock);
        this.nobodysHash = String.valueOf(encoder.encode(TokenText.random(16)));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String name = attempt.getName();
        String password = String.valueOf(attempt.getCredentials());
        if (name.length() > MAX_LENGTH
                || password.length() > MAX_LENGTH
                || name.chars().anyMatch(Character::isISOControl)) {
            throw wrong();
        }
        Optional<UserStore.Stored> found = users.find(name);
        if (found.isEmpty() || !verified.knows(name, password, found.get().passwordHash())) {
            verify(name, password, found, address(attempt));
        }
        UserStore.Stored stored = found.orElseThrow(PasswordSignIn::wrong);
        User user = stored.user();
        UsernamePasswordAuthenticationToken signedIn = UsernamePasswordAuthenticationToken.authenticated(
                user.name(),
                null,
                List.of(new SimpleGrantedAuthority(user.role().authority())));
        signedIn.setDetails(new SignedIn(stored));
        return signedIn;
    }

    /** An unknown name takes as long as a wrong password, so that the time tells nothing. */
    private void verify(String name, String password, Optional<UserStore.Stored> found, String address) {
        String hash = found.map(UserStore.Stored::passwordHash).orElse(nobodysHash);
        if (!passwords.matches(name, password, hash, address)) {
            throw wrong();
        }
        verified.remember(name, password, hash);
    }

    private static String address(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }

    private static BadCredentialsException wrong() {
        return new BadCredentialsException("The name or the password is wrong.");
    }
}
