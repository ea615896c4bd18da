package dev.leat.security;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The door to users and their API tokens. */
public final class Accounts {

    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");
    private static final int MAX_TOKEN_NAME = 100;
    private static final int MIN_PASSWORD_CHARACTERS = 8;
    /** What bcrypt reads of a password. */
    private static final int MAX_PASSWORD_BYTES = 72;

    private final UserStore users;
    private final TokenStore tokens;
    private final PasswordEncoder encoder;
    private final PasswordCheck passwords;
    private final Clock clock;

    Accounts(UserStore users, TokenStore tokens, PasswordEncoder encoder, PasswordCheck passwords, Clock clock) {
        this.users = users;
        this.tokens = tokens;
        this.encoder = encoder;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** All users by name. */
    public List<User> users() {
        return users.all();
    }

    /**
     * Adds a user.
     *
     * @throws AccountRefused when the name is taken or a field is wrong
     */
    public User addUser(String name, String password, Role role) {
        if (!USER_NAME.matcher(name).matches()) {
            throw new AccountRefused(
                    "name",
                    "'" + name + "' is not a user name.",
                    "Use 1 to 100 letters, digits, '.', '_', '-', '@', and begin with a letter or digit.");
        }
        User user = new User(name, role, clock.instant());
        if (!users.add(user, hash(password))) {
            throw new AccountRefused("name", "The user '" + name + "' exists.", "Choose another name.");
        }
        return user;
    }

    /**
     * Removes a user and the user's tokens.
     *
     * @throws AccountRefused when there is none of that name, or it is the last administrator
     */
    public void removeUser(String name) {
        if (!users.remove(name)) {
            throw new AccountRefused(
                    "name",
                    "The user '" + name + "' does not exist or is the last administrator.",
                    "Name another user, or make another administrator first.");
        }
    }

    /**
     * Changes a user's own password; the user's other sessions end.
     *
     * @throws AccountRefused when the current one is wrong, was guessed at too often, or the new one is too short or
     *     too long
     */
    public void changePassword(String user, String current, String fresh) {
        if (!isPassword(user, current)) {
            throw new AccountRefused(
                    "current", "The current password is wrong.", "Type the password you signed in with.");
        }
        String hash = hash(fresh);
        users.changePassword(user, hash);
        SignedIn.passwordChanged(user, hash);
    }

    /** Who found an open session must not find out its user's password with it. */
    private boolean isPassword(String user, String current) {
        try {
            return users.find(user)
                    .filter(stored ->
                            passwords.matches(user, current, stored.passwordHash(), "the account page of " + user))
                    .isPresent();
        } catch (TooManyAttempts e) {
            throw new AccountRefused(
                    "current",
                    "The current password was wrong too often.",
                    "Wait " + SignInLimit.WINDOW.toMinutes() + " minutes, then try again.");
        }
    }

    /** A user's tokens by name. */
    public List<Token> tokens(String user) {
        return tokens.of(user);
    }

    /**
     * Makes a token with the rights of its owner.
     *
     * @param expiresAt when it ends; null for never
     * @throws AccountRefused when the name is taken or a field is wrong
     */
    public NewToken createToken(String user, @Nullable String name, @Nullable Instant expiresAt) {
        if (name == null
                || name.isBlank()
                || name.length() > MAX_TOKEN_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new AccountRefused(
                    "name",
                    "A token needs a name of 1 to " + MAX_TOKEN_NAME + " characters in one line.",
                    "Say what it is for.");
        }
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw new AccountRefused(
                    "expiresAt", "The token would have ended already.", "Give a time to come, or none.");
        }
        Token token = new Token(UUID.randomUUID(), name, clock.instant(), null, expiresAt);
        String text = TokenText.fresh();
        if (!tokens.add(user, token, TokenText.hash(text))) {
            throw new AccountRefused(
                    "name", "You have a token named '" + name + "'.", "Choose another name, or revoke that one first.");
        }
        return new NewToken(token, text);
    }

    /** Ends a token of the user at once; false when the user has none of that id. */
    public boolean revokeToken(String user, UUID id) {
        return tokens.remove(user, id);
    }

    private String hash(String password) {
        if (password.length() < MIN_PASSWORD_CHARACTERS
                || password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
            throw new AccountRefused(
                    "password",
                    "The password must have " + MIN_PASSWORD_CHARACTERS + " characters or more, and at most "
                            + MAX_PASSWORD_BYTES + " bytes.",
                    "Choose another password.");
        }
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("the password encoder made no hash");
        }
        return hash;
    }
}
