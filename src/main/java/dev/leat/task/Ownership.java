package dev.leat.task;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.task.TaskRuns.Claim;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets a run write about its task only while it owns it; a late one learns here that it was overtaken, and stops. */
@Component
class Ownership {

    private final Transitions transitions;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Ownership(Transitions transitions, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.transitions = transitions;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Takes the task a step on. */
    void step(Claim claim, UnaryOperator<TaskState> step) {
        write(claim, () -> transitions.apply(claim.id(), "", step));
    }

    /** Writes what a run has to say; nobody takes the task over meanwhile. */
    void write(Claim claim, Runnable story) {
        transaction.executeWithoutResult(status -> {
            if (!holds(claim)) {
                throw new SyncException(
                        FailureKind.FENCED,
                        "Task '" + claim.name() + "': generation " + claim.generation()
                                + " was overtaken by another run.");
            }
            story.run();
        });
    }

    private boolean holds(Claim claim) {
        return jdbc.sql("SELECT generation FROM task WHERE id = :id AND generation = :generation FOR NO KEY UPDATE")
                .param("id", claim.id())
                .param("generation", claim.generation())
                .query(Long.class)
                .optional()
                .isPresent();
    }
}
