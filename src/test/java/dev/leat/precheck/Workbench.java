package dev.leat.precheck;

import dev.leat.fixture.Database;
import dev.leat.fixture.PostgresServer;
import dev.leat.fixture.Servers;
import dev.leat.postgres.PostgresSource;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import java.util.List;
import java.util.UUID;

/** A database of its own, a role without any rights, and the checks run as that role. */
final class Workbench implements AutoCloseable {

    private static final String PASSWORD = "secret";

    private final Database database;
    private final String role = "role_" + UUID.randomUUID().toString().substring(0, 8);
    private String user = role;
    private boolean hasCheckpoint;
    private KafkaEndpoint destination = KafkaEndpoint.plaintext("127.0.0.1:1");

    Workbench(int major) {
        this(Servers.postgres(major));
    }

    Workbench(PostgresServer server) {
        database = server.newDatabase();
        database.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
    }

    Database database() {
        return database;
    }

    String role() {
        return role;
    }

    /** Runs the checks as the server's superuser from now on. */
    Workbench asSuperuser() {
        user = database.user();
        return this;
    }

    Workbench withCheckpoint() {
        hasCheckpoint = true;
        return this;
    }

    Workbench into(KafkaEndpoint endpoint) {
        destination = endpoint;
        return this;
    }

    SourceEndpoint endpoint() {
        var password = user.equals(role) ? PASSWORD : database.password();
        return new SourceEndpoint(
                SourceKind.POSTGRESQL,
                database.host(),
                database.port(),
                database.name(),
                user,
                new Secret(password),
                SslMode.DISABLE,
                "");
    }

    PostgresSource source() {
        return new PostgresSource(endpoint(), "leat-test");
    }

    PrecheckPlan plan(TaskDraft draft) {
        return new PrecheckPlan("leat-test", draft.settings(), endpoint(), destination, hasCheckpoint);
    }

    Outcome run(Check check, TaskDraft draft) {
        return check.run(new PrecheckContext(plan(draft)));
    }

    /** What the check finds; nothing when it passes. */
    List<Finding> findings(Check check, TaskDraft draft) {
        return switch (run(check, draft)) {
            case Outcome.Passed ignored -> List.of();
            case Outcome.Found found -> found.findings();
            case Outcome.CouldNotRun failed -> throw new IllegalStateException(failed.reason());
        };
    }

    /** Does as the findings say, as a superuser. */
    void mend(List<Finding> findings) {
        for (var finding : findings) {
            database.execute(finding.remedy().split("\n"));
        }
    }

    @Override
    public void close() {
        database.drop();
        var server = new Database(database.host(), database.port(), "postgres", database.user(), database.password());
        server.execute("DROP ROLE IF EXISTS " + role);
    }
}
