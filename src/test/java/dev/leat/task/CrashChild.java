package dev.leat.task;

import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.Phase;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import dev.leat.settings.TaskSettings;
import dev.leat.sync.SyncListener;
import dev.leat.sync.SyncPlan;
import dev.leat.sync.SyncRun;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.postgresql.Driver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A process that runs one task against real servers with its progress in a real metadata database, to be killed. Prints
 * the name of each phase as it starts. Arguments: source host, port, database, Kafka bootstrap, metadata URL, task id.
 */
public final class CrashChild {

    private CrashChild() {}

    public static void main(String[] args) throws Exception {
        SimpleDriverDataSource pool = new SimpleDriverDataSource(new Driver(), args[4], "postgres", "");
        JdbcTemplate template = new JdbcTemplate(pool);
        UUID task = UUID.fromString(args[5]);
        long generation = JdbcClient.create(template)
                .sql("UPDATE task SET generation = generation + 1 WHERE id = :id RETURNING generation")
                .param("id", task)
                .query(Long.class)
                .single();
        SyncPlan plan = new SyncPlan(
                task.toString(),
                "crash",
                settings(),
                new SourceEndpoint(
                        SourceKind.POSTGRESQL,
                        args[0],
                        Integer.parseInt(args[1]),
                        args[2],
                        "postgres",
                        Secret.NONE,
                        SslMode.DISABLE,
                        ""),
                KafkaEndpoint.plaintext(args[3]),
                "crash_" + args[2],
                "crash_" + args[2],
                "test");
        JdbcCheckpoints checkpoints = new JdbcCheckpoints(
                task, generation, template, new TransactionTemplate(new JdbcTransactionManager(pool)));
        new SyncRun(plan, checkpoints, new Printing(), Clock.systemUTC()).run();
    }

    /** The defaults, but that a copied row can be told from an inserted one. */
    private static TaskSettings settings() {
        TaskSettings defaults = TaskSettings.of("crash", "source", "kafka", new ObjectSelection(null, null));
        return new TaskSettings(
                defaults.name(),
                defaults.source(),
                defaults.destination(),
                null,
                null,
                new FormatSettings(FormatKind.CANAL_JSON, Map.of("snapshot.type", "INIT")),
                null,
                null,
                defaults.objects(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Tells the parent where the run is. */
    private static final class Printing implements SyncListener {

        @Override
        public void phaseStarted(Phase phase) {
            System.out.println("STARTED " + phase);
        }

        @Override
        public void phaseCompleted(Phase phase) {
            System.out.println("COMPLETED " + phase);
        }

        @Override
        public void happened(String kind, String message) {
            System.out.println(kind + " " + message);
        }

        @Override
        public void incident(String kind, String message, String remedy) {
            System.out.println(kind + " " + message + " " + remedy);
        }
    }
}
