package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.FaultProxy;
import dev.leat.fixture.KafkaServer;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSettings;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Phase;
import dev.leat.settings.RegistryEndpoint;
import dev.leat.settings.Secret;
import dev.leat.settings.SlotSettings;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import dev.leat.settings.TableEtl;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import dev.leat.settings.ThrottleSettings;
import dev.leat.sync.SyncListener;
import dev.leat.sync.SyncPlan;
import dev.leat.sync.SyncRun;
import dev.leat.sync.SyncStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One task on real servers, without the service around it: starts runs, stops them, reads the topic. */
final class Walk implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Database source;
    private final KafkaServer kafka;
    private MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    private TaskSettings task;
    private String caCertificate = "";
    private @Nullable RegistryEndpoint registry;
    private final SyncListener told = new Told();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private @Nullable FaultProxy way;
    private String user = "";
    private @Nullable Mortal mortal;
    private SyncRun run;
    private CompletableFuture<SyncRun.End> end;

    Walk(Database source, KafkaServer kafka, FormatKind format, Set<Phase> phases) {
        this(source, kafka, format, phases, ObjectRule.everything());
    }

    Walk(Database source, KafkaServer kafka, FormatKind format, Set<Phase> phases, ObjectRule objects) {
        this(source, kafka, WalkTask.task(source, format, phases, null, null, objects));
    }

    Walk(Database source, KafkaServer kafka, FormatKind format, Set<Phase> phases, List<TableEtl> etl) {
        this(
                source,
                kafka,
                WalkTask.task(
                        source,
                        new FormatSettings(format, Map.of()),
                        phases,
                        KafkaSettings.DEFAULT,
                        null,
                        ObjectRule.everything(),
                        etl));
    }

    Walk(Database source, KafkaServer kafka, TaskSettings task) {
        this.source = source;
        this.kafka = kafka;
        this.task = task;
    }

    /** The same task with the same progress, at another server that holds its database. */
    Walk at(Database other) {
        Walk moved = new Walk(other, kafka, task);
        moved.checkpoints = checkpoints;
        return moved;
    }

    /** Speaks to the source over TLS, and checks the server by the authority that signed it. */
    Walk encrypted(String authority) {
        caCertificate = authority;
        return this;
    }

    /** Finds a schema registry beside Kafka. */
    Walk beside(RegistryEndpoint found) {
        registry = found;
        return this;
    }

    /** Looks after its slot in some way. */
    Walk caring(SlotSettings care) {
        return changed(present -> present.with(new TaskSource("source", null, null, null, care)));
    }

    /** Writes to other topics. */
    Walk to(TaskDestination destination) {
        return changed(present -> present.with(destination));
    }

    /** Goes by limits from the start. */
    Walk throttled(ThrottleSettings limits) {
        task = task.with(limits);
        return this;
    }

    /** Is another task from the next run on. */
    Walk changed(UnaryOperator<TaskSettings> change) {
        task = change.apply(task);
        return this;
    }

    /** Reaches the source through a proxy. */
    Walk through(FaultProxy proxy) {
        way = proxy;
        return this;
    }

    /** Signs in as a role without a password. */
    Walk as(String role) {
        user = role;
        return this;
    }

    /** Starts a run that dies at a point. */
    SyncRun start(Mortal dying) {
        mortal = dying;
        try {
            return start();
        } finally {
            mortal = null;
        }
    }

    /** What the service does when the user restarts the task from the full phase. */
    void restart() {
        checkpoints.clear();
        start();
    }

    /** Waits until the run has failed of something that has a kind. */
    SyncException fails() {
        Throwable failure = end.handle((ok, thrown) -> thrown)
                .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
        assertThat(failure).as("the run's failure").isInstanceOf(CompletionException.class);
        assertThat(failure.getCause()).as("the run's failure").isInstanceOf(SyncException.class);
        return (SyncException) failure.getCause();
    }

    SyncListener told() {
        return told;
    }

    SyncRun run() {
        return run;
    }

    MemoryCheckpoints checkpoints() {
        return checkpoints;
    }

    /** What the run said had happened. */
    List<String> events() {
        return events;
    }

    SyncStatus status() {
        return run.status();
    }

    SyncRun start() {
        SyncPlan plan = new SyncPlan(
                source.name(),
                "walk",
                task.checked(),
                endpoint(),
                registry == null
                        ? KafkaEndpoint.plaintext(kafka.bootstrap())
                        : KafkaEndpoint.plaintext(kafka.bootstrap()).with(registry),
                slot(),
                slot(),
                "test");
        run = mortal == null
                ? new SyncRun(plan, checkpoints, told, Clock.systemUTC())
                : new SyncRun(plan, mortal, mortal, Clock.systemUTC());
        SyncRun started = run;
        end = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return started.run();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                command -> Thread.ofPlatform().name("walk-" + source.name()).start(command));
        return run;
    }

    String slot() {
        return "slot_" + source.name();
    }

    SourceEndpoint endpoint() {
        Database reached = way == null ? source : way.through(source);
        return new SourceEndpoint(
                SourceKind.POSTGRESQL,
                reached.host(),
                reached.port(),
                source.name(),
                user.isEmpty() ? source.user() : user,
                new Secret(source.password()),
                caCertificate.isEmpty() ? SslMode.DISABLE : SslMode.VERIFY_CA,
                caCertificate);
    }

    CompletableFuture<SyncRun.End> end() {
        return end;
    }

    void follows() {
        await().atMost(PATIENCE).until(() -> {
            if (end.isDone()) {
                throw new AssertionError("The run ended before it followed: " + end.join());
            }
            return run.status().phase().filter(Phase.INCREMENTAL::equals).isPresent();
        });
    }

    /** Waits until all is delivered that was committed before. */
    void delivers() {
        String end = source.value("SELECT pg_current_wal_lsn()");
        String confirmed =
                "SELECT confirmed_flush_lsn >= ?::text::pg_lsn FROM pg_replication_slots WHERE slot_name = ?";
        await().atMost(PATIENCE).until(() -> {
            if (end().isDone()) {
                end().join();
            }
            return source.value(confirmed, end, slot()).equals("true");
        });
    }

    SyncRun.End stop() {
        run.drain();
        return end.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    /** Stops, and waits until the slot is free, which the source takes a moment for. */
    void rests() {
        stop();
        String active = "SELECT 1 FROM pg_replication_slots WHERE slot_name = ? AND active";
        await("a free slot")
                .atMost(PATIENCE)
                .until(() -> source.query(active, slot()).isEmpty());
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return kafka.readAll(source.name() + ".dead-letter");
    }

    List<ConsumerRecord<byte[], byte[]>> records(String table) {
        return kafka.readAll(source.name() + "." + table);
    }

    /** What is left of a table when its records are applied in order: the newest data by key. */
    Map<String, Map<String, String>> folded(String table) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(table)) {
            JsonNode value = JSON.readTree(record.value());
            String key = new String(record.key(), StandardCharsets.UTF_8);
            switch (value.get("type").asString()) {
                case "INSERT", "INIT", "UPDATE" ->
                    rows.put(key, columns(value.get("data").get(0)));
                case "DELETE" -> rows.remove(key);
                default -> throw new AssertionError(value.get("type"));
            }
        }
        return rows;
    }

    /** The table itself, in the same form. */
    Map<String, Map<String, String>> table(String table, String key) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (Map<String, Object> row : source.query("SELECT to_jsonb(t)::text AS row FROM " + table + " t")) {
            Map<String, String> columns = columns(JSON.readTree(String.valueOf(row.get("row"))));
            rows.put("{\"" + key + "\":\"" + columns.get(key) + "\"}", columns);
        }
        return rows;
    }

    void becomesEqual(String table, String key) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            if (end.isDone()) {
                end.join();
            }
            assertThat(folded(table)).isEqualTo(table(table, key));
        });
    }

    private static Map<String, String> columns(JsonNode data) {
        Map<String, String> columns = new TreeMap<>();
        data.properties()
                .forEach(e -> columns.put(
                        e.getKey(), e.getValue().isNull() ? null : e.getValue().asString()));
        return columns;
    }

    @Override
    public void close() {
        if (run != null && !end.isDone()) {
            run.drain();
            end.handle((ok, failure) -> ok).join();
        }
        source.drop();
    }

    /** Keeps what the run told. */
    private final class Told implements SyncListener {
        @Override
        public void phaseStarted(Phase phase) {}

        @Override
        public void phaseCompleted(Phase phase) {}

        @Override
        public void happened(String kind, String message) {
            events.add(kind + ": " + message);
        }

        @Override
        public void incident(String kind, String message, String remedy) {
            assertThat(remedy).as("the remedy of " + kind).isNotBlank();
            events.add(kind + ": " + message);
        }
    }
}
