package dev.leat.security;

import static dev.leat.security.UserStore.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** API tokens in the database. */
final class TokenStore {

    /** The owner of a token that was sent. */
    record Owner(String name, Role role) {}

    /** The time of last use is written at most so often. */
    private static final Duration USE_GRAIN = Duration.ofMinutes(1);

    private final JdbcClient jdbc;

    TokenStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the owner has another one of that name. */
    boolean add(String user, Token token, byte[] hash) {
        Instant expires = token.expiresAt();
        return jdbc.sql("""
                        INSERT INTO api_token (id, user_name, name, hash, created_at, expires_at)
                        VALUES (:id, :user, :name, :hash, :created, :expires::timestamptz) ON CONFLICT DO NOTHING
                        """)
                        .param("id", token.id())
                        .param("user", user)
                        .param("name", token.name())
                        .param("hash", hash)
                        .param("created", time(token.createdAt()))
                        .param("expires", expires == null ? null : time(expires))
                        .update()
                == 1;
    }

    List<Token> of(String user) {
        return jdbc.sql("""
                        SELECT id, name, created_at, last_used_at, expires_at
                        FROM api_token WHERE user_name = :user ORDER BY name
                        """)
                .param("user", user)
                .query((row, number) -> token(row))
                .list();
    }

    boolean remove(String user, UUID id) {
        return jdbc.sql("DELETE FROM api_token WHERE id = :id AND user_name = :user")
                        .param("id", id)
                        .param("user", user)
                        .update()
                == 1;
    }

    /** The owner of a token that has not ended; its use is noted. */
    Optional<Owner> use(byte[] hash, Instant now) {
        record Found(UUID id, Owner owner, @Nullable Instant usedAt) {}
        Optional<Found> found = jdbc.sql("""
                        SELECT t.id, t.last_used_at, u.name, u.role FROM api_token t JOIN app_user u ON u.name = t.user_name
                        WHERE t.hash = :hash AND (t.expires_at IS NULL OR t.expires_at > :now)
                        """)
                .param("hash", hash)
                .param("now", time(now))
                .query((row, number) -> new Found(
                        row.getObject("id", UUID.class),
                        new Owner(row.getString("name"), Role.valueOf(row.getString("role"))),
                        instant(row, "last_used_at")))
                .optional();
        found.filter(token -> token.usedAt() == null || token.usedAt().isBefore(now.minus(USE_GRAIN)))
                .ifPresent(token -> noteUse(token.id(), now));
        return found.map(Found::owner);
    }

    private void noteUse(UUID id, Instant now) {
        jdbc.sql("UPDATE api_token SET last_used_at = :now WHERE id = :id")
                .param("now", time(now))
                .param("id", id)
                .update();
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "last_used_at"),
                instant(row, "expires_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
