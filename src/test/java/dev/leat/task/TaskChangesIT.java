package dev.leat.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.fixture.LeatServer;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Phase;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import dev.leat.settings.Violation;
import dev.leat.sync.Checkpoints;
import dev.leat.sync.TableProgress;
import jakarta.persistence.EntityManager;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** What those who steer and change tasks may do, over the real metadata database. */
@LeatServer
class TaskChangesIT {

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskChanges changes;

    @Autowired
    private TaskConnections ties;

    @Autowired
    private SyncTasks rows;

    @Autowired
    private Definitions definitions;

    @Autowired
    private Revisions revisions;

    @Autowired
    private TaskEvents events;

    @Autowired
    private ApplicationEventPublisher publisher;

    @Autowired
    private TaskRuns runs;

    @Autowired
    private Orphans orphans;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient metadata;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private EntityManager entities;

    private StoredTasks stored;

    @Autowired
    void prepare(AutowireCapableBeanFactory beans) {
        stored = beans.createBean(StoredTasks.class);
    }

    /** What was written beside JPA was overwritten with what JPA had read before: the old phase came back. */
    @Test
    void aTransitionWritesNothingThatItDidNotChange() {
        stored.unseenByTheWorker(() -> {
            UUID id = stored.task(Map.of());
            stored.enters(id, "PAUSED");
            runs.phase(runs.claim(id), Phase.INCREMENTAL);
            entities.clear();
            runs.state(id);
            runs.touchesSource(runs.claim(id));
            tasks.restart(id, "test");
            entities.flush();
            assertThat(metadata.sql("SELECT state || coalesce(phase, '') || cleaned_up FROM task WHERE id = :id")
                            .param("id", id)
                            .query(String.class)
                            .single())
                    .isEqualTo("RUNNINGfalse");
        });
    }

    /** Whatever was named went to the event log, whatever the task's state was; an empty list was an error of ours. */
    @Test
    void onlyAlertsOfATaskThatWasNotStartedCanBeIgnored() {
        UUID id = stored.task(Map.of());
        for (List<String> items :
                List.of(List.<String>of(), List.of("MADE_UP"), Collections.<String>singletonList(null))) {
            assertThatThrownBy(() -> tasks.ignore(id, items, "test")).isInstanceOf(InvalidSettings.class);
        }
        tasks.release(id, "test");
        assertThatThrownBy(() -> tasks.ignore(id, List.of("MADE_UP"), "test")).isInstanceOf(NotInThisState.class);
        assertThat(tasks.events(id, 10)).extracting(EventView::kind).doesNotContain("ALERTS_IGNORED");
    }

    /** The old position was forgotten, and every change between it and the new slot was missing without a word. */
    @Test
    void aRestartThatCopiesNothingIsRefusedInPlaceOfLosingChanges() {
        UUID id = stored.task(Map.of("phases", List.of("SCHEMA", "INCREMENTAL")));
        TaskRuns.Claim claim = runs.claim(id);
        stored.save(claim, "cluster");
        stored.enters(id, "FAILED");

        assertThatThrownBy(() -> tasks.restart(id, "test"))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        refusal -> assertThat(refusal.violations())
                                .singleElement()
                                .satisfies(violation ->
                                        assertThat(violation.remedy()).contains("Add FULL", "clone")));
        assertThat(tasks.get(id).state()).isEqualTo("FAILED");
        assertThat(runs.checkpoints(claim).load()).isPresent();
    }

    /** A change was looked at before the task's row was locked, and taken whatever had happened meanwhile. */
    @Test
    void aChangeOfATaskThatGotItsPositionMeanwhileIsRefused() {
        stored.unseenByTheWorker(() -> {
            TaskRuns.Claim claim = stored.failing();
            TaskChanges late = changes((id, definition) -> {
                stored.save(claim, "cluster");
                return List.of();
            });
            TaskSettings present = tasks.settings(claim.id());
            TaskSource source = new TaskSource(present.source().connection(), null, "another_slot", null);
            Map<String, Object> wanted =
                    Map.of("name", "shared", "source", source, "destination", present.destination());
            TaskSettings moved = json.readValue(json.writeValueAsString(wanted), TaskSettings.class);
            assertThatThrownBy(() -> late.change(claim.id(), null, moved, "test"))
                    .isInstanceOfSatisfying(
                            InvalidSettings.class,
                            refusal -> assertThat(refusal.violations())
                                    .extracting(Violation::field)
                                    .contains("source.slot"));
        });
    }

    /** Where another connection leads was asked before the task's row was locked. */
    @Test
    void connectionsDoNotChangeUnderATaskThatGotItsPositionMeanwhile() {
        UUID id = stored.task(Map.of());
        TaskConnections.Place seen = ties.place(id);
        stored.save(runs.claim(id), "cluster");
        assertThatThrownBy(() -> ties.connect(id, seen, "source-" + UUID.randomUUID(), null, "test"))
                .isInstanceOf(RevisionConflict.class)
                .hasMessageContaining("Repeat the change");
        ties.connect(id, ties.place(id), "source-" + UUID.randomUUID(), null, "test");
    }

    @Test
    void whatATaskThatReadsElsewhereHasLeftIsListedOnceItStandsThere() {
        String before = "source-" + UUID.randomUUID();
        UUID id = stored.task(before, "kafka-" + UUID.randomUUID(), 30, 5);
        runs.touchesSource(runs.claim(id));
        TaskRuns.Claim claim = runs.claim(id);
        stored.save(claim, "first");
        TaskSettings settings = tasks.settings(id);
        changes.change(id, null, settings.with("source-" + UUID.randomUUID(), null), "test");
        assertThat(orphans.at(before)).as("it may lead to the same cluster").isEmpty();

        stored.save(claim, "second");
        assertThat(orphans.at(before)).singleElement().satisfies(orphan -> {
            assertThat(orphan.slot()).isEqualTo(claim.slot());
            assertThat(orphan.publication()).isEqualTo(claim.publication());
            assertThat(orphan.systemIdentifier()).isEqualTo("first");
            assertThat(orphan.nextTry()).as("only on demand").isNull();
            assertThat(orphan.sql())
                    .hasSize(2)
                    .allSatisfy(sql -> assertThat(sql).contains(claim.slot()));
            assertThat(orphans.retry(orphan.id())).isTrue();
            assertThat(orphans.forget(orphan.id())).isTrue();
        });
        assertThat(orphans.at(before)).isEmpty();
    }

    /** Exchanging the connection noted nothing, and a restart forgot which cluster the slot was in. */
    @Test
    void whatATaskHasLeftIsKnownAfterARestartAndOverAnotherConnection() {
        String before = "source-" + UUID.randomUUID();
        stored.unseenByTheWorker(() -> {
            UUID id = stored.task(before, "kafka-" + UUID.randomUUID(), Map.of());
            runs.touchesSource(runs.claim(id));
            stored.save(runs.claim(id), "first");
            stored.enters(id, "PAUSED");
            tasks.restart(id, "test");
            entities.clear();
            ties.connect(id, ties.place(id), "source-" + UUID.randomUUID(), null, "test");
            TaskRuns.Claim elsewhere = runs.claim(id);
            stored.save(elsewhere, "second");
            assertThat(orphans.at(before))
                    .singleElement()
                    .satisfies(orphan -> assertThat(orphan.systemIdentifier()).isEqualTo("first"));
            ties.connect(id, ties.place(id), before, null, "test");
            tasks.release(id, "test");
            orphans.dropped(elsewhere);
            assertThat(orphans.list())
                    .filteredOn(orphan -> id.equals(orphan.taskId()))
                    .extracting(Orphan::systemIdentifier)
                    .as("what was in the second cluster is dropped")
                    .containsExactly("first");
        });
    }

    /** The connection could go before the released task had dropped its slot, which then stayed for good. */
    @Test
    void aConnectionIsInUseUntilAReleasedTaskHasDroppedItsSlot() {
        String source = "source-" + UUID.randomUUID();
        stored.unseenByTheWorker(() -> {
            UUID id = stored.task(source, "kafka-" + UUID.randomUUID(), Map.of());
            runs.touchesSource(runs.claim(id));
            entities.clear();
            tasks.release(id, "test");
            assertThat(runs.usersOf(source)).containsExactly("shared");
            runs.cleanedUp(id);
            assertThat(runs.usersOf(source)).isEmpty();
        });
    }

    /** One name with dots meant two tables, and both were copied again. */
    @Test
    void aResyncOfANameThatFitsTwoTablesIsRefusedUntilItIsQuoted() {
        UUID id = stored.task(Map.of());
        Checkpoints checkpoints = runs.checkpoints(runs.claim(id));
        List<TableId> both = List.of(new TableId("a.b", "c"), new TableId("a", "b.c"));
        checkpoints.save(both.stream()
                .map(table -> TableProgress.waiting(table, "topic", Lsn.ZERO, 0))
                .toList());
        metadata.sql("UPDATE task_table SET state = 'FOLLOWING' WHERE task_id = :id")
                .param("id", id)
                .update();
        stored.enters(id, "PAUSED");
        assertThatThrownBy(() -> changes.resync(id, "a.b.c", "test"))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        refusal -> assertThat(refusal.violations().getFirst().remedy())
                                .isEqualTo("Say \"a\".\"b.c\" or \"a.b\".\"c\"."));
        changes.resync(id, "\"a.b\".\"c\"", "test");
        assertThat(checkpoints.resyncs()).containsExactly(both.getFirst());
        assertThatThrownBy(() -> changes.resync(id, "a.b", "test")).isInstanceOf(TableNotFound.class);
    }

    private TaskChanges changes(DefinitionTrial trial) {
        return new TaskChanges(rows, definitions, revisions, events, trial, orphans, metadata, transactions, publisher);
    }
}
