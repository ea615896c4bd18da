package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.LeatServer;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.RetrySettings;
import dev.leat.settings.TaskSettings;
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
