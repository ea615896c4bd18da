package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.connection.Connections;
import dev.leat.fixture.Database;
import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import dev.leat.fixture.Servers;
import dev.leat.task.LiveRuns;
import dev.leat.task.Nodes;
import dev.leat.task.Orphans;
import dev.leat.task.TaskRuns;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A task of a worker group waits for a node of that group, which prechecks it, runs it and cleans up after it. */
@LeatServer
class WorkerGroupIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    private int port;

    @Autowired
    private TaskRuns runs;

    @Autowired
    private LiveRuns live;

    @Autowired
    private SyncPlans plans;

    @Autowired
    private PrecheckRunner prechecks;

    @Autowired
    private WalPolicy wal;

    @Autowired
    private Orphans orphans;

    @Autowired
    private Connections connections;

    @Autowired
    private DataSource metadata;

    @Autowired
    private JdbcClient jdbc;

    private LeatClient leat;
    private Database source;

    @BeforeEach
    void prepare() {
        leat = LeatClient.admin(port);
        source = Servers.postgres(15).newDatabase();
        source.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1), (2)");
        registered("""
                {"name": "%s", "kind": "POSTGRESQL", "host": "%s", "port": %d, "database": "%s", "user": "%s",
                 "password": "%s", "sslMode": "disable"}
                """.formatted(
                        source.name(), source.host(), source.port(), source.name(), source.user(), source.password()));
        registered("""
                {"name": "%s-kafka", "kind": "KAFKA", "bootstrapServers": "%s", "security": "PLAINTEXT",
                 "createTopics": true}
                """.formatted(source.name(), Servers.kafka().bootstrap()));
    }

    private void registered(String connection) {
        assertThat(leat.post("/api/v1/connections", connection).status()).isEqualTo(201);
    }

    @AfterEach
    void drop() {
        source.drop();
    }

    @Test
    void isRunByANodeOfItsGroupAlone() {
        String id = leat.post("/api/v1/tasks?start=true", """
                        {"source": {"connection": "%s"}, "destination": {"connection": "%s-kafka"},
                         "workerGroup": "elsewhere"}
                        """.formatted(source.name(), source.name()))
                .json()
                .path("id")
                .asString();
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql(
                                        "SELECT count(*) FROM scheduled_tasks WHERE task_instance = :id AND task_name = :name AND NOT picked")
                                .param("id", id)
                                .param("name", "run-task@elsewhere")
                                .query(Long.class)
                                .single()
                        == 1);
        assertThat(state(id)).isEqualTo("PRECHECKING");

        Worker elsewhere = worker(new Nodes.Node("node-elsewhere", "elsewhere"));
        elsewhere.start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(id)).isEqualTo("RUNNING"));
            await().atMost(PATIENCE)
                    .until(() -> Servers.kafka()
                                    .readAll(source.name() + ".public.item")
                                    .size()
                            == 2);
            leat.post("/api/v1/tasks/" + id + "/release", "");
            await("the slot is dropped")
                    .atMost(PATIENCE)
                    .until(() -> source.query("SELECT FROM pg_replication_slots WHERE database = current_database()")
                            .isEmpty());
        } finally {
            elsewhere.stop();
        }
    }

    private String state(String id) {
        return leat.get("/api/v1/tasks/" + id).json().path("state").asString();
    }

    private Worker worker(Nodes.Node node) {
        return new Worker(
                node,
                runs,
                id -> new TaskRunner(id, runs, live, plans, prechecks, wal, orphans, Clock.systemUTC()),
                connections::versions,
                metadata,
                Clock.systemUTC());
    }
}
