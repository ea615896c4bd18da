package dev.leat.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.LeatServer;
import dev.leat.settings.ObjectSelection;
import dev.leat.settings.TaskSettings;
import dev.leat.task.EventView;
import dev.leat.task.TaskState;
import dev.leat.task.Tasks;
import dev.leat.task.WatchedTask;
import dev.leat.task.WatchedTasks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several nodes look at the same tasks at once, over one metadata database. */
@LeatServer
class AlertLooksIT {

    @Autowired
    private WatchedTasks watched;

    @Autowired
    private AlertStore store;

    @Autowired
    private AlertBook book;

    @Autowired
    private AlertMetrics metrics;

    @Autowired
    private Tasks tasks;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Test
    void howeverManyNodesLookAnAlertOpensAndClosesOnce() {
        UUID id = failed();
        everyNodeLooks();
        assertThat(store.open(id))
                .singleElement()
                .satisfies(alert -> assertThat(alert.rule()).isEqualTo(AlertRule.FAILURE));
        everyNodeLooks();
        assertThat(events(id, "ALERT_OPENED")).singleElement().satisfies(event -> {
            assertThat(event.severity()).isEqualTo("ERROR");
            assertThat(event.message()).contains("waits for a person. Topic t: it is gone.");
            assertThat(event.remedy()).isEqualTo("Create it.");
        });

        jdbc.sql("UPDATE task SET state = 'FINISHED' WHERE id = :id")
                .param("id", id)
                .update();
        everyNodeLooks();
        assertThat(store.open(id)).isEmpty();
        assertThat(events(id, "ALERT_CLOSED"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.message()).isEqualTo("Alert FAILURE is over: the task has ended."));
        assertThat(store.list(new AlertQuery(id, false, Optional.empty(), 10))).hasSize(1);
    }

    /** Between the look and the alert a person may have resumed the task. */
    @Test
    void aTaskThatHasGoneOnMeanwhileIsNotTold() {
        UUID id = failed();
        jdbc.sql("UPDATE task SET state = 'FINISHED' WHERE id = :id")
                .param("id", id)
                .update();
        TaskState seen = new TaskState.Failed(new TaskState.Trouble("UNKNOWN", "m", "r", Instant.EPOCH));
        WatchedTask task = new WatchedTaskSample().in(seen).task();
        book.open(
                new WatchedTask(id, task.name(), seen, null, null, null, null, null, task.alerts()),
                AlertRule.FAILURE,
                new Verdict.Holds("m", "r"));
        assertThat(store.open(id)).isEmpty();
    }

    private UUID failed() {
        UUID id = tasks.create(TaskSettings.of("watched", "a", "b", new ObjectSelection(null, null)), "ada");
        jdbc.sql("""
                        UPDATE task SET state = 'FAILED', failure_kind = 'DESTINATION_TOPIC_MISSING',
                          failure_message = 'Topic t: it is gone.', failure_remedy = 'Create it.', failing_since = now()
                        WHERE id = :id
                        """).param("id", id).update();
        return id;
    }

    private void everyNodeLooks() {
        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(node -> new AlertLooks(watched, store, book, metrics, clock))
                        .map(node -> CompletableFuture.runAsync(node::look))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private List<EventView> events(UUID id, String kind) {
        return tasks.events(id, 100).stream()
                .filter(event -> event.kind().equals(kind))
                .toList();
    }
}
