package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Lsn;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.TaskSettings;
import dev.leat.sync.Checkpoint;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Makes tasks for tests, and takes them where only a run would. */
final class StoredTasks {

    private final Tasks tasks;
    private final TaskRuns runs;
    private final JsonMapper json;
    private final JdbcClient metadata;
    private final EntityManager entities;
    private final TransactionTemplate transaction;

    StoredTasks(
            Tasks tasks,
            TaskRuns runs,
            JsonMapper json,
            JdbcClient metadata,
            EntityManager entities,
            PlatformTransactionManager transactions) {
        this.tasks = tasks;
        this.runs = runs;
        this.json = json;
        this.metadata = metadata;
        this.entities = entities;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A task that is tried again since an hour. */
    TaskRuns.Claim failing() {
        UUID id = task(Map.of());
        enters(id, "RUNNING");
        TaskRuns.Claim claim = runs.claim(id);
        Instant now = Instant.now();
        SyncException failure = new SyncException(FailureKind.SOURCE_UNREACHABLE, "Source: away.");
        runs.retrying(claim, failure, now.minusSeconds(3600), now.plusSeconds(60), now.plusSeconds(600));
        assertThat(tasks.get(id).state()).isEqualTo("RETRYING");
        return claim;
    }

    void enters(UUID id, String state) {
        metadata.sql("UPDATE task SET state = :state WHERE id = :id")
                .param("state", state)
                .param("id", id)
                .update();
        entities.clear();
    }

    /** Nobody else runs a task of a transaction that is never stored. */
    void unseenByTheWorker(Runnable work) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            work.run();
        });
    }

    void save(TaskRuns.Claim claim, String systemIdentifier) {
        runs.checkpoints(claim).save(new Checkpoint(claim.slot(), systemIdentifier, Lsn.ZERO, 0, Lsn.parse("0/10"), 3));
        assertThat(runs.checkpoints(claim).load().orElseThrow().timeline()).isEqualTo(3);
    }

    UUID task(String source, String destination, int connectionMinutes, int otherMinutes) {
        Map<String, Object> retry = Map.of("connectionMinutes", connectionMinutes, "otherMinutes", otherMinutes);
        return task(source, destination, Map.of("retry", retry));
    }

    UUID task(Map<String, Object> more) {
        return task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), more);
    }

    UUID task(String source, String destination, Map<String, Object> more) {
        TaskSettings defaults = TaskSettings.of("shared", source, destination, new ObjectSelection(null, null));
        Map<String, Object> definition = new HashMap<>(more);
        definition.put("name", defaults.name());
        definition.put("source", defaults.source());
        definition.put("destination", defaults.destination());
        return tasks.create(json.readValue(json.writeValueAsString(definition), TaskSettings.class), "test");
    }
}
