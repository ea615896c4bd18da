package dev.leat.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users in the database. */
final class UserStore {

    /** A user and the hash of the password. */
    record Stored(User user, String passwordHash) {}

    private final JdbcClient jdbc;

    UserStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the name is taken. */
    boolean add(User user, String passwordHash) {
        return jdbc.sql("""
                        INSERT INTO app_user (name, password_hash, role, created_at)
                        VALUES (:name, :hash, :role, :created) ON CONFLICT DO NOTHING
                        """)
                        .param("name", user.name())
                        .param("hash", passwordHash)
                        .param("role", user.role().name())
                        .param("created", time(user.createdAt()))
                        .update()
                == 1;
    }

    Optional<Stored> find(String name) {
        return jdbc.sql("SELECT name, role, created_at, password_hash FROM app_user WHERE name = :name")
                .param("name", name)
                .query((row, number) -> new Stored(user(row), row.getString("password_hash")))
                .optional();
    }

    List<User> all() {
        return jdbc.sql("SELECT name, role, created_at FROM app_user ORDER BY name")
                .query((row, number) -> user(row))
                .list();
    }

    boolean isEmpty() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM app_user)")
                .query(Boolean.class)
                .single();
    }

    void changePassword(String name, String passwordHash) {
        jdbc.sql("UPDATE app_user SET password_hash = :hash WHERE name = :name")
                .param("hash", passwordHash)
                .param("name", name)
                .update();
    }

    /**
     * False when there is no such user, or it is the last administrator. The administrators are locked in one order, so
     * that two that are removed at once see each other go.
     */
    boolean remove(String name) {
        return jdbc.sql("""
            WITH admin AS MATERIALIZED (SELECT name FROM app_user WHERE role = 'ADMIN' ORDER BY name FOR UPDATE)
                        DELETE FROM app_user WHERE name = :name AND (role <> 'ADMIN' OR EXISTS
              (SELECT FROM admin WHERE admin.name <> :name))
                        """).param("name", name).update() == 1;
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getTimestamp("created_at").toInstant());
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
