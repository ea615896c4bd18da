package dev.leat.security;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Makes the user {@code admin} where there is no user yet, and prints a password that it had to invent. */
final class FirstUser implements ApplicationRunner {

    private static final String NAME = "admin";
    private static final int RANDOM_BYTES = 15;

    private final UserStore users;
    private final Accounts accounts;
    private final String givenPassword;

    /** The given password is empty where one shall be invented. */
    FirstUser(UserStore users, Accounts accounts, String givenPassword) {
        this.users = users;
        this.accounts = accounts;
        this.givenPassword = givenPassword;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!users.isEmpty()) {
            return;
        }
        String password = givenPassword.isEmpty() ? TokenText.random(RANDOM_BYTES) : givenPassword;
        try {
            accounts.addUser(NAME, password, Role.ADMIN);
        } catch (AccountRefused e) {
            if (users.isEmpty()) {
                throw new IllegalStateException("LEAT_ADMIN_PASSWORD: " + e.problem() + " " + e.remedy(), e);
            }
            return; // another replica was first
        }
        if (givenPassword.isEmpty()) {
            print(password);
        }
    }

    /** To the terminal and not to the log, which is often collected elsewhere. */
    @SuppressWarnings("SystemOut")
    private static void print(String password) {
        System.out.printf("""

                ================================================================
                  Sign in as admin with password %s
                  It is shown only this once. Change it in the console.
                ================================================================

                """, password);
    }
}
