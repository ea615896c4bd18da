package dev.leat.precheck;

import dev.leat.change.TableId;
import dev.leat.failure.SyncException;
import dev.leat.postgres.PostgresFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether the user may open a replication session; a vendor may allow it without the role's own right, so that is tried. */
final class ReplicationRightCheck implements Check {

    static final String NAME = "REPLICATION_RIGHT";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "User may replicate";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        ServerFacts server = context.source().server();
        if (!context.plan().follows() || server.mayReplicate()) {
            return new Outcome.Passed();
        }
        try (Connection ignored = context.source().connected().replicationSession()) {
            return new Outcome.Passed();
        } catch (SyncException e) {
            return refused(server.user(), e);
        } catch (SQLException e) {
            throw PostgresFailures.of("Replication session", e);
        }
    }

    private static Outcome refused(String user, SyncException failure) {
        return switch (failure.kind()) {
            case SOURCE_PRIVILEGE, SOURCE_AUTHENTICATION ->
                Outcome.of(List.of(Finding.error(
                        "role " + user,
                        "The user may not replicate: " + failure.getMessage(),
                        "ALTER ROLE " + TableId.quote(user) + " WITH REPLICATION;")));
            default -> throw failure;
        };
    }
}
