package dev.leat.api;

import dev.leat.security.Accounts;
import dev.leat.security.NewToken;
import dev.leat.security.Token;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.util.UUID;
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

/** A user's own API tokens over REST. */
@Tag(name = "Tokens")
@RestController
@RequestMapping("/api/v1/tokens")
class TokensController {

    private final Accounts accounts;

    TokensController(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * A token that is asked for.
     *
     * @param name what it is for
     * @param expiresAt when it ends; null for never
     */
    record TokenRequest(@Nullable String name, @Nullable Instant expiresAt) {}

    /**
     * A token just made.
     *
     * @param token its text, shown only this once
     */
    record CreatedToken(
            UUID id,
            String name,
            Instant createdAt,
            @Nullable Instant expiresAt,
            String token) {}

    @Operation(summary = "List your tokens")
    @GetMapping
    Page<Token> list(Principal user) {
        return Page.whole(accounts.tokens(user.getName()));
    }

    @Operation(summary = "Make a token with your rights; its text is shown only in this answer")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CreatedToken create(Principal user, @RequestBody TokenRequest request) {
        NewToken made = accounts.createToken(user.getName(), request.name(), request.expiresAt());
        Token token = made.token();
        return new CreatedToken(token.id(), token.name(), token.createdAt(), token.expiresAt(), made.text());
    }

    @Operation(summary = "Revoke one of your tokens")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Principal user, @PathVariable UUID id) {
        if (!accounts.revokeToken(user.getName(), id)) {
            throw new NoSuchThing("You have no token " + id + ".", "See GET /api/v1/tokens.");
        }
    }
}
