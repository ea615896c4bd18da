package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.LeatServer;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.RetrySettings;
import dev.leat.settings.TaskSettings;
import dev.leat.sync.Checkpoints;
import dev.leat.sync.KnownShape;
import dev.leat.sync.TableProgress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** What those who run tasks are told, over the real metadata database. */
@LeatServer
class TaskRunsIT {

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskRuns runs;

    @Autowired
    private JsonMapper json;

    @Test
    void theShortestConnectionWindowWinsAmongTasksThatShareAnEnd() {
        String shared = "kafka-" + UUID.randomUUID();
        UUID patient = task("source-" + UUID.randomUUID(), shared, 600, 20);
        UUID hasty = task("source-" + UUID.randomUUID(), shared, 30, 5);
        task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 10, 5);

        assertThat(runs.retry(runs.claim(patient))).isEqualTo(new RetrySettings(30, 20));
        assertThat(runs.retry(runs.claim(hasty))).isEqualTo(new RetrySettings(30, 5));

        tasks.release(hasty, "test");
        assertThat(runs.retry(runs.claim(patient))).isEqualTo(new RetrySettings(600, 20));
    }

    @Test
    void aShapeIsRememberedWithItsTable() {
        UUID id = task("source-" + UUID.randomUUID(), "kafka-" + UUID.randomUUID(), 30, 5);
        TableId table = new TableId("pub\"lic", "item 🐘");
        Checkpoints checkpoints = runs.checkpoints(runs.claim(id));
        checkpoints.save(List.of(TableProgress.waiting(table, "topic", Lsn.parse("0/10"), 7)));
        assertThat(checkpoints.shapes()).isEmpty();

        KnownShape shape = new KnownShape(
                table,
                -5,
                Lsn.parse("FFFFFFFF/1"),
                3,
                List.of(new KnownShape.KnownColumn(2, "a \"b\"", "numeric(8,2)[]")),
                List.of("a \"b\""));
        checkpoints.saveShapes(List.of(shape));
        checkpoints.save(List.of(TableProgress.waiting(table, "topic", Lsn.parse("0/20"), 8)));
        assertThat(runs.checkpoints(runs.claim(id)).shapes()).containsExactly(shape);
        assertThatThrownBy(() -> checkpoints.saveShapes(List.of(shape)))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
    }

    private UUID task(String source, String destination, int connectionMinutes, int otherMinutes) {
        TaskSettings defaults = TaskSettings.of("shared", source, destination, new ObjectSelection(null, null));
        Map<String, Object> retry = Map.of("connectionMinutes", connectionMinutes, "otherMinutes", otherMinutes);
        String definition = json.writeValueAsString(Map.of(
                "name",
                defaults.name(),
                "source",
                defaults.source(),
                "destination",
                defaults.destination(),
                "retry",
                retry));
        return tasks.create(json.readValue(definition, TaskSettings.class), "test");
    }
}
