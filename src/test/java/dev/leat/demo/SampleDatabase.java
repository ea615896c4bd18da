package dev.leat.demo;

import dev.leat.fixture.Database;
import dev.leat.fixture.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;

/** The database of a shop, owned by the role of its application; Leat's role may do just what Leat needs. */
final class SampleDatabase {

    static final String OWNER = "shop";
    static final String OWNER_PASSWORD = "shop-secret";

    private SampleDatabase() {}

    /**
     * Makes roles, database and rows, as far as they are missing.
     *
     * @return the database as its owner sees it
     */
    static Database prepare(PostgresServer server, String name) {
        var admin = server.admin();
        if (admin.query("SELECT 1 FROM pg_roles WHERE rolname = ?", OWNER).isEmpty()) {
            // A publication of tables needs the rights of their owner, hence the grant; nothing else is given.
            admin.execute(
                    "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(OWNER, OWNER_PASSWORD),
                    "GRANT %s TO %s".formatted(OWNER, PostgresServer.LEAT));
        }
        if (admin.query("SELECT 1 FROM pg_database WHERE datname = ?", name).isEmpty()) {
            admin.execute("CREATE DATABASE %s OWNER %s".formatted(name, OWNER));
        }
        var database = new Database(admin.host(), admin.port(), name, OWNER, OWNER_PASSWORD);
        if (database.query("SELECT 1 FROM pg_namespace WHERE nspname = 'sales'").isEmpty()) {
            fill(database);
        }
        return database;
    }

    /** In one transaction: a demo that is ended meanwhile leaves nothing behind. */
    private static void fill(Database database) {
        try (var session = database.connect(Map.of("preferQueryMode", "simple"));
                var statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute(resource("shop.sql"));
            session.commit();
            session.setAutoCommit(true);
            statement.execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot fill " + database.jdbcUrl(), e);
        }
    }

    /** A text beside the demo's classes. */
    static String resource(String name) {
        try (var stream = SampleDatabase.class.getResourceAsStream("/demo/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
