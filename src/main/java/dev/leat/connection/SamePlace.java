package dev.leat.connection;

import dev.leat.connection.ConnectionUse.Position;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.PostgresSource;
import dev.leat.settings.SourceEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a connection be edited under tasks that have a position in its source's log, as long as it leads to the same
 * source: under another they would leave changes out.
 */
final class SamePlace {

    private static final Logger LOG = LoggerFactory.getLogger(SamePlace.class);

    private final String connection;
    private final List<Position> positions;

    SamePlace(String connection, List<Position> positions) {
        this.connection = connection;
        this.positions = positions;
    }

    /**
     * Looks at what the connection would lead to; one that does not answer passes, since the tasks look again before
     * they go on.
     *
     * @throws ConnectionRefused when that is another source
     */
    void require(ConnectionDraft before, ConnectionDraft next) {
        if (positions.isEmpty()) {
            return;
        }
        if (next.kind() == ConnectionKind.KAFKA) {
            throw refused("would lead to Kafka", positions);
        }
        requireDatabase(String.valueOf(before.database()), String.valueOf(next.database()));
        require(Endpoints.source(next));
    }

    /** A slot belongs to one database. */
    void requireDatabase(String before, String next) {
        List<Position> here = positions.stream().filter(Position::ownDatabase).toList();
        if (!here.isEmpty() && !before.equals(next)) {
            throw refused("would lead to the database '" + next + "' in place of '" + before + "'", here);
        }
    }

    void require(SourceEndpoint endpoint) {
        Optional<String> found = systemIdentifier(endpoint);
        List<Position> elsewhere = positions.stream()
                .filter(position -> !found.orElse(position.systemIdentifier()).equals(position.systemIdentifier()))
                .toList();
        if (!elsewhere.isEmpty()) {
            throw refused(
                    "would lead to another cluster (system identifier " + found.orElse("") + ", before "
                            + elsewhere.getFirst().systemIdentifier() + ")",
                    elsewhere);
        }
    }

    private Optional<String> systemIdentifier(SourceEndpoint endpoint) {
        try {
            return Optional.of(Capabilities.probe(new PostgresSource(endpoint, "leat-test"))
                    .systemIdentifier());
        } catch (SyncException e) {
            LOG.atInfo().log("Connection '{}' cannot be compared with what it led to: {}", connection, e.getMessage());
            return Optional.empty();
        }
    }

    private ConnectionRefused refused(String what, List<Position> whose) {
        String users = whose.stream().map(Position::user).collect(Collectors.joining(", "));
        return ConnectionRefused.otherSource(connection, what, users);
    }
}
