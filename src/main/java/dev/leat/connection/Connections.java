package dev.leat.connection;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.PeekedRecord;
import dev.leat.kafka.RecordPeek;
import dev.leat.kafka.Topics;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.RegistryEndpoint;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The door to registered endpoints. */
public final class Connections {

    private final ConnectionStore store;
    private final Supplier<Stream<ConnectionUse>> uses;

    /** Who uses connections is asked for late, since users of connections are built after them. */
    Connections(ConnectionStore store, Supplier<Stream<ConnectionUse>> uses) {
        this.store = store;
        this.uses = uses;
    }

    /**
     * Registers an endpoint.
     *
     * @throws InvalidSettings with everything that is wrong with it
     * @throws ConnectionRefused when the name is taken
     */
    public ConnectionView register(ConnectionDraft draft) {
        ConnectionRules.check(draft);
        return store.add(Endpoints.withDefaults(draft));
    }

    /** One connection, secrets masked. */
    public ConnectionView read(String name) {
        return ConnectionStore.view(store.row(name));
    }

    /** The version of each connection by its name; it grows with every change. */
    public Map<String, Long> versions() {
        return store.versions();
    }

    /**
     * Connections by name.
     *
     * @param kind only of this kind; null for all
     * @param text only those whose names contain it, in any case
     * @param after only those after this name; empty for the first
     * @param limit at most so many
     */
    public List<ConnectionView> list(@Nullable ConnectionKind kind, String text, String after, int limit) {
        Set<ConnectionKind> kinds = kind == null ? EnumSet.allOf(ConnectionKind.class) : EnumSet.of(kind);
        return store.list(kinds, text.toLowerCase(Locale.ROOT), after, limit);
    }

    /**
     * Replaces the settings; a secret sent as {@code ***} stays as it is, as long as it goes to the same address with no
     * weaker encryption.
     *
     * @param version the version that the change was made from; null to change whatever is there
     * @throws InvalidSettings with everything that is wrong
     * @throws ConnectionRefused when there is none of that name, it was changed meanwhile, or it would lead tasks to
     *     another source than the one that they have a position in
     */
    public ConnectionView change(String name, ConnectionDraft draft, @Nullable Long version) {
        ConnectionRow row = store.row(name);
        if (version != null && version != row.version()) {
            throw ConnectionRefused.changedMeanwhile(name);
        }
        ConnectionDraft named = draft.withName(name);
        ConnectionDraft kept = named.withSecrets(new KeptSecrets(store.open(row), named).filled());
        ConnectionRules.check(kept);
        ConnectionDraft next = Endpoints.withDefaults(kept);
        new SamePlace(name, positionsAt(name)).require(store.open(row), next);
        return store.change(row, next);
    }

    private List<ConnectionUse.Position> positionsAt(String name) {
        return uses.get().flatMap(use -> use.positionsAt(name).stream()).toList();
    }

    /**
     * Refuses a connection that leads elsewhere than another one, where something has a position.
     *
     * @param before name of the connection that it was made over
     * @param next name of the one that is to take its place
     * @param database the database; null for the connections' own
     * @throws ConnectionRefused when it leads to another source; one that does not answer passes
     */
    public void requireSamePlace(
            String before, String next, @Nullable String database, ConnectionUse.Position position) {
        SourceEndpoint endpoint = source(next, database);
        SamePlace place = new SamePlace(next, List.of(position));
        place.requireDatabase(source(before, database).database(), endpoint.database());
        place.require(endpoint);
    }

    /**
     * Removes a connection.
     *
     * @throws ConnectionRefused when there is none of that name, or a task uses it
     */
    public void remove(String name) {
        ConnectionRow row = store.row(name);
        List<String> users =
                uses.get().flatMap(use -> use.usersOf(name).stream()).toList();
        if (!users.isEmpty()) {
            throw ConnectionRefused.inUse(name, String.join(", ", users));
        }
        store.remove(row);
    }

    /**
     * The source that a connection leads to.
     *
     * @throws ConnectionRefused when there is none of that name
     * @throws SyncException of kind {@code SETTINGS} when it leads to Kafka
     */
    public SourceEndpoint source(String name) {
        ConnectionDraft connection = store.open(store.row(name));
        if (connection.kind() == ConnectionKind.KAFKA) {
            throw wrongKind(name, "leads to Kafka, not to a source", "Name a connection to a PostgreSQL.");
        }
        return Endpoints.source(connection);
    }

    /** The same in another database of the server; null for the connection's own. */
    public SourceEndpoint source(String name, @Nullable String database) {
        SourceEndpoint own = source(name);
        return database == null || database.isBlank() ? own : own.withDatabase(database);
    }

    /**
     * The Kafka that a connection leads to.
     *
     * @throws ConnectionRefused when there is none of that name
     * @throws SyncException of kind {@code SETTINGS} when it leads to a source
     */
    public KafkaEndpoint kafka(String name) {
        return Endpoints.kafka(openKafka(name));
    }

    /** What is wrong with the connections that a task names as its ends; empty when they exist and fit. */
    public List<Violation> endViolations(String source, String destination) {
        List<Violation> violations = new ArrayList<>();
        end("source.connection", source, ConnectionKind::isSource).ifPresent(violations::add);
        end("destination.connection", destination, kind -> kind == ConnectionKind.KAFKA)
                .ifPresent(violations::add);
        return violations;
    }

    private Optional<Violation> end(String field, String name, Predicate<ConnectionKind> fits) {
        Optional<ConnectionKind> kind = store.find(name).map(ConnectionRow::kind);
        if (kind.isEmpty()) {
            ConnectionRefused refused = ConnectionRefused.notFound(name);
            return Optional.of(new Violation(field, refused.getMessage(), refused.remedy()));
        }
        return kind.filter(fits.negate())
                .map(other -> new Violation(
                        field,
                        "Connection '" + name + "' is of kind " + other + ".",
                        "Name a connection that fits this end."));
    }

    /** Tries a registered connection, step by step; takes less than 30 seconds. */
    public ConnectivityReport test(String name) {
        return EndpointTrial.of(store.open(store.row(name)));
    }

    /**
     * Tries a connection that is not registered; a secret sent as {@code ***} is that of the registered one of its
     * name, as long as it goes to the same address with no weaker encryption.
     *
     * @throws InvalidSettings with everything that is wrong with it
     */
    public ConnectivityReport test(ConnectionDraft draft) {
        ConnectionDraft named = draft.name() == null ? draft.withName("unsaved") : draft;
        ConnectionDraft kept = store.find(String.valueOf(draft.name()))
                .map(row -> named.withSecrets(new KeptSecrets(store.open(row), named).filled()))
                .orElse(named);
        ConnectionRules.check(kept);
        return EndpointTrial.of(Endpoints.withDefaults(kept));
    }

    /** Databases of a source's server. */
    public List<String> databases(String name) {
        return new SourceBrowser(source(name)).databases();
    }

    /** Slots of a source's server that are named as Leat names its own, whether a task has them or not. */
    public List<SlotSummary> slots(String name) {
        return new SourceBrowser(source(name)).slots();
    }

    /** Schemas of a source; database null for the connection's own. */
    public List<String> schemas(String name, @Nullable String database) {
        return new SourceBrowser(source(name, database)).schemas();
    }

    /** Tables of a source by schema and name. */
    public List<TableSummary> tables(String name, @Nullable String database, TableSearch search) {
        return new SourceBrowser(source(name, database)).tables(search);
    }

    /** Columns of a table in their order; empty when there is no such table. */
    public List<ColumnSummary> columns(String name, @Nullable String database, String schema, String table) {
        return new SourceBrowser(source(name, database)).columns(schema, table);
    }

    /** Topics whose names contain a text, by name, after a name, at most so many. */
    public List<String> topics(String name, String text, String after, int limit) {
        return new Topics(new KafkaClients(kafka(name), "leat-browse"))
                .names(text).stream()
                        .filter(topic -> topic.compareTo(after) > 0)
                        .limit(limit)
                        .toList();
    }

    /** The newest records of a topic, newest first. */
    public List<RecordView> newest(String name, String topic, int limit) {
        KafkaEndpoint endpoint = kafka(name);
        List<PeekedRecord> records = new RecordPeek(new KafkaClients(endpoint, "leat-peek")).newest(topic, limit);
        RegistryEndpoint registry = endpoint.registry();
        if (registry == null) {
            return records.stream().map(new RecordTexts(null)::view).toList();
        }
        try (dev.leat.kafka.SchemaRegistry client = new dev.leat.kafka.SchemaRegistry(endpoint, registry)) {
            return records.stream().map(new RecordTexts(client)::view).toList();
        }
    }

    private ConnectionDraft openKafka(String name) {
        ConnectionDraft connection = store.open(store.row(name));
        if (connection.kind() != ConnectionKind.KAFKA) {
            throw wrongKind(name, "leads to a source, not to Kafka", "Name a connection to Kafka.");
        }
        return connection;
    }

    private static SyncException wrongKind(String name, String what, String remedy) {
        return new SyncException(FailureKind.SETTINGS, "Connection '" + name + "' " + what + ".", remedy, null);
    }
}
