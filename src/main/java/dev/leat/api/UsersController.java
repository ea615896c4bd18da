package dev.leat.api;

import dev.leat.security.Accounts;
import dev.leat.security.Role;
import dev.leat.security.User;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Secret;
import dev.leat.settings.Violation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users over REST, for administrators. */
@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/users")
class UsersController {

    private final Accounts accounts;

    UsersController(Accounts accounts) {
        this.accounts = accounts;
    }

    /** A user to add. */
    record UserRequest(
            @Nullable String name,
            @Nullable Secret password,
            @Nullable Role role) {}

    @Operation(summary = "List users")
    @GetMapping
    Page<User> list() {
        return Page.whole(accounts.users());
    }

    @Operation(summary = "Add a user")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    User add(@RequestBody UserRequest request) {
        List<Violation> missing = new ArrayList<>();
        String name = present("name", request.name(), missing);
        Secret password = present("password", request.password(), missing);
        Role role = present("role", request.role(), missing);
        if (name == null || password == null || role == null) {
            throw new InvalidSettings(missing);
        }
        return accounts.addUser(name, password.value(), role);
    }

    @Operation(summary = "Remove a user and the user's tokens; the last administrator stays")
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String name) {
        accounts.removeUser(name);
    }

    private static <T> @Nullable T present(String field, @Nullable T value, List<Violation> missing) {
        if (value == null) {
            missing.add(new Violation(field, "The " + field + " is missing.", "Give name, password and role."));
        }
        return value;
    }
}
