package dev.leat.worker;

import dev.leat.failure.FailureKind;
import dev.leat.precheck.Finding;
import dev.leat.precheck.Outcome;
import dev.leat.precheck.Precheck;
import dev.leat.precheck.PrecheckItem;
import dev.leat.precheck.PrecheckPlan;
import dev.leat.sync.SyncPlan;
import dev.leat.task.TaskRuns;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the precheck of a task and stores what it found, item by item as they finish. */
final class PrecheckRunner {

    private static final Logger LOG = LoggerFactory.getLogger(PrecheckRunner.class);

    private final TaskRuns runs;
    private final SyncPlans plans;

    PrecheckRunner(TaskRuns runs, SyncPlans plans) {
        this.runs = runs;
        this.plans = plans;
    }

    void run(TaskRuns.Claim claim) throws InterruptedException {
        boolean clear = false;
        try {
            Precheck precheck = new Precheck();
            List<String> order = List.copyOf(precheck.titles().keySet());
            runs.precheckBegins(claim.id(), precheck.titles());
            SyncPlan plan = plans.plan(claim);
            boolean goesOn = runs.checkpoints(claim).load().isPresent();
            precheck.run(
                    new PrecheckPlan(
                            plan.applicationName(),
                            plan.task(),
                            plan.source(),
                            plan.destination(),
                            goesOn,
                            plan.taskName()),
                    item -> store(claim, item, order.indexOf(item.name())));
            clear = runs.precheckClear(claim.id());
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("taskId", claim.id()).setCause(e).log("The precheck did not finish");
            runs.event(
                    claim.id(),
                    "ERROR",
                    "PRECHECK_FAILED",
                    "The precheck did not finish: " + e.getMessage(),
                    FailureKind.UNKNOWN.remedy());
        }
        runs.prechecked(claim.id(), clear);
    }

    private void store(TaskRuns.Claim claim, PrecheckItem item, int place) {
        runs.precheckItem(claim.id(), item, place);
        switch (item.outcome()) {
            case Outcome.Passed _ -> {}
            case Outcome.Found found ->
                found.findings().stream().limit(5).forEach(finding -> event(claim, item, finding));
            case Outcome.CouldNotRun skipped ->
                runs.event(claim.id(), "WARN", item.name(), item.title() + ": " + skipped.reason(), null);
        }
    }

    private void event(TaskRuns.Claim claim, PrecheckItem item, Finding finding) {
        String severity = finding.severity() == Finding.Severity.ERROR ? "ERROR" : "WARN";
        runs.event(claim.id(), severity, item.name(), finding.place() + ": " + finding.message(), finding.remedy());
    }
}
