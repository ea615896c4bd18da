package dev.leat.worker;

import dev.leat.failure.FailureKind;
import dev.leat.precheck.Finding;
import dev.leat.precheck.Outcome;
import dev.leat.precheck.Precheck;
import dev.leat.precheck.PrecheckItem;
import dev.leat.precheck.PrecheckPlan;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.Violation;
import dev.leat.sync.Checkpoints;
import dev.leat.sync.SyncPlan;
import dev.leat.sync.TableProgress;
import dev.leat.task.DefinitionTrial;
import dev.leat.task.PrecheckRuns;
import dev.leat.task.TaskRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the precheck of a task and stores what it found, item by item as they finish. */
final class PrecheckRunner implements DefinitionTrial {

    private static final Logger LOG = LoggerFactory.getLogger(PrecheckRunner.class);

    private final TaskRuns runs;
    private final PrecheckRuns prechecks;
    private final SyncPlans plans;

    PrecheckRunner(TaskRuns runs, PrecheckRuns prechecks, SyncPlans plans) {
        this.runs = runs;
        this.prechecks = prechecks;
        this.plans = plans;
    }

    void run(TaskRuns.Claim claim) throws InterruptedException {
        boolean clear = false;
        try {
            List<String> asked = prechecks.asked(claim.id());
            Map<String, String> titles = new Precheck().titles();
            List<String> order = List.copyOf(titles.keySet());
            prechecks.begins(claim, titles, asked);
            new Precheck(asked).run(plan(claim), item -> store(claim, item, order.indexOf(item.name())));
            clear = prechecks.clear(claim.id());
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("taskId", claim.id()).setCause(e).log("The precheck did not finish");
            runs.event(
                    claim,
                    "ERROR",
                    "PRECHECK_FAILED",
                    "The precheck did not finish: " + e.getMessage(),
                    FailureKind.UNKNOWN.remedy());
        }
        prechecks.over(claim, clear);
    }

    private PrecheckPlan plan(TaskRuns.Claim claim) {
        SyncPlan plan = plans.plan(claim);
        Checkpoints progress = runs.checkpoints(claim);
        Set<String> ownTopics =
                progress.tables().stream().map(TableProgress::topic).collect(Collectors.toUnmodifiableSet());
        return new PrecheckPlan(
                plan.applicationName(),
                plan.task(),
                plan.source(),
                plan.destination(),
                progress.load().isPresent(),
                ownTopics,
                plan.taskName());
    }

    @Override
    public List<Violation> errors(UUID id, TaskSettings definition) {
        List<Violation> errors = new ArrayList<>();
        try {
            new Precheck().run(plan(runs.wouldRun(id, definition)), item -> errors.addAll(errors(item)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            errors.add(new Violation("", "The precheck was interrupted.", "Try again."));
        }
        return errors;
    }

    /** What cannot be checked, because an end is not there, keeps nobody from changing a task: its run will tell. */
    private static List<Violation> errors(PrecheckItem item) {
        return switch (item.outcome()) {
            case Outcome.Passed _, Outcome.CouldNotRun _ -> List.of();
            case Outcome.Found found ->
                found.findings().stream()
                        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                        .map(finding -> new Violation(
                                item.name(), finding.place() + ": " + finding.message(), finding.remedy()))
                        .toList();
        };
    }

    private void store(TaskRuns.Claim claim, PrecheckItem item, int place) {
        prechecks.done(claim, item, place);
        switch (item.outcome()) {
            case Outcome.Passed _ -> {}
            case Outcome.Found found ->
                found.findings().stream().limit(5).forEach(finding -> event(claim, item, finding));
            case Outcome.CouldNotRun skipped ->
                runs.event(claim, "WARN", item.name(), item.title() + ": " + skipped.reason(), null);
        }
    }

    private void event(TaskRuns.Claim claim, PrecheckItem item, Finding finding) {
        String severity = finding.severity() == Finding.Severity.ERROR ? "ERROR" : "WARN";
        runs.event(claim, severity, item.name(), finding.place() + ": " + finding.message(), finding.remedy());
    }
}
