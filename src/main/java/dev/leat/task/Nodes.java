package dev.leat.task;

import com.sun.management.OperatingSystemMXBean;
import dev.leat.task.NodeView.RunningTask;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The nodes over one metadata database: this one says that it is there, and all can be looked at. */
@Component
public class Nodes {

    /** The group of a node that names none, and of a task that names none. */
    public static final String DEFAULT_GROUP = "default";

    /** How many tasks a node runs at once. */
    public static final int MOST_TASKS = 500;

    private static final Duration ALIVE = Duration.ofSeconds(20);
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final String version;
    private final Instant startedAt;
    private final ClockSkew skew = new ClockSkew();
    private final Node own;

    Nodes(
            JdbcClient jdbc,
            Clock clock,
            ObjectProvider<BuildProperties> build,
            @Value("${leat.worker.group}") String group) {
        this.jdbc = jdbc;
        this.own = new Node(host() + "-" + ProcessHandle.current().pid(), group);
        this.clock = clock;
        this.startedAt = clock.instant();
        BuildProperties properties = build.getIfAvailable();
        this.version = properties == null || properties.getVersion() == null ? "dev" : properties.getVersion();
    }

    /**
     * A node.
     *
     * @param name unique among them
     * @param group whose tasks it runs
     */
    public record Node(String name, String group) {}

    /** This node. */
    public Node own() {
        return own;
    }

    /** The groups of the nodes that were there lately, by name. */
    public List<String> groups() {
        return list().stream().map(NodeView::group).distinct().sorted().toList();
    }

    /** All nodes that were there lately, by name. */
    public List<NodeView> list() {
        Map<String, List<RunningTask>> running = running();
        return jdbc.sql("""
                        SELECT name, version, started_at, seen_at, processors, cpu_load, heap_bytes, heap_limit, worker_group
                        FROM node ORDER BY name
                        """).query((row, number) -> view(row, running)).list();
    }

    private NodeView view(ResultSet row, Map<String, List<RunningTask>> running) throws SQLException {
        Instant seen = row.getObject(4, OffsetDateTime.class).toInstant();
        return new NodeView(
                row.getString(1),
                row.getString(9),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                seen,
                seen.isAfter(clock.instant().minus(ALIVE)),
                row.getInt(5),
                row.getObject(6, Double.class),
                row.getLong(7),
                row.getLong(8),
                running.getOrDefault(row.getString(1), List.of()));
    }

    /** What is picked, by the node that picked it. */
    private Map<String, List<RunningTask>> running() {
        record Picked(String node, RunningTask task) {}
        return jdbc
                .sql("""
                        SELECT s.picked_by, t.id, t.name, t.state FROM scheduled_tasks s JOIN task t ON t.id::text = s.task_instance
                        WHERE s.picked AND s.picked_by IS NOT NULL ORDER BY t.name
                        """)
                .query((row, number) -> new Picked(
                        row.getString(1),
                        new RunningTask(row.getObject(2, UUID.class), row.getString(3), row.getString(4))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Picked::node, Collectors.mapping(Picked::task, Collectors.toList())));
    }

    /** Says that this node is there; forgets those that were not for long. */
    @Scheduled(fixedRate = 5_000)
    void beat() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        Instant before = clock.instant();
        OffsetDateTime database = jdbc.sql("""
                        INSERT INTO node (name, worker_group, version, started_at, seen_at, processors, cpu_load,
                                          heap_bytes, heap_limit)
                        VALUES (:name, :group, :version, :started, :now, :processors, cast(:load AS double precision),
                                :heap, :limit)
                        ON CONFLICT (name) DO UPDATE SET version = excluded.version, started_at = excluded.started_at,
                          seen_at = excluded.seen_at, processors = excluded.processors, cpu_load = excluded.cpu_load,
                          heap_bytes = excluded.heap_bytes, heap_limit = excluded.heap_limit
                        RETURNING clock_timestamp()
                        """)
                .param("name", own.name())
                .param("group", own.group())
                .param("version", version)
                .param("started", startedAt.atOffset(ZoneOffset.UTC))
                .param("now", before.atOffset(ZoneOffset.UTC))
                .param("processors", Runtime.getRuntime().availableProcessors())
                .param("load", load())
                .param("heap", heap.getUsed())
                .param("limit", Math.max(heap.getMax(), heap.getCommitted()))
                .query(OffsetDateTime.class)
                .single();
        skew.look(before, database.toInstant(), clock.instant());
        jdbc.sql("DELETE FROM node WHERE seen_at < :old")
                .param("old", clock.instant().minus(FORGOTTEN).atOffset(ZoneOffset.UTC))
                .update();
    }

    private static @Nullable Double load() {
        double load = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuLoad()
                : -1;
        return load < 0 ? null : load;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
