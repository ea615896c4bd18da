package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine of the precheck, with checks that touch nothing. */
@Timeout(60)
class PrecheckTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Finding ALERT = Finding.alert("here", "This is odd.", "Look.");
    private static final Finding ERROR = Finding.error("here", "This is wrong.", "Mend it.");

    @Test
    void runsChecksSideBySide() throws Exception {
        var barrier = new CyclicBarrier(3);
        var checks = List.<Check>of(
                check("A", () -> await(barrier)), check("B", () -> await(barrier)), check("C", () -> await(barrier)));

        var report = new Precheck(checks, PATIENCE).run(TaskDraft.nowhere(), item -> {});

        assertThat(report.items()).allMatch(PrecheckItem::passed);
    }

    @Test
    void keepsTheOrderOfTheListAndReportsAsEachFinishes() throws Exception {
        var second = new CountDownLatch(1);
        var checks = List.<Check>of(
                check("SLOW", () -> {
                    await(second);
                    return new Outcome.Passed();
                }),
                check("QUICK", Outcome.Passed::new));
        var heard = new ArrayList<String>();

        var report = new Precheck(checks, PATIENCE).run(TaskDraft.nowhere(), item -> {
            heard.add(item.name());
            second.countDown();
        });

        assertThat(heard).containsExactly("QUICK", "SLOW");
        assertThat(report.items()).extracting(PrecheckItem::name).containsExactly("SLOW", "QUICK");
    }

    @Test
    void givesUpACheckThatTakesTooLong() throws Exception {
        var interrupted = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var checks = List.<Check>of(
                check("STUCK", () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return new Outcome.Passed();
                }),
                check("QUICK", Outcome.Passed::new));
        var heard = new ArrayList<PrecheckItem>();

        var report = new Precheck(checks, Duration.ofSeconds(1)).run(TaskDraft.nowhere(), heard::add);

        assertThat(report.items().getFirst().outcome()).isEqualTo(new Outcome.CouldNotRun("Not done within 1 s."));
        assertThat(report.items().getLast().passed()).isTrue();
        assertThat(heard).hasSize(2);
        interrupted.await();
    }

    @Test
    void saysWhyACheckCouldNotRun() throws Exception {
        var checks = List.<Check>of(
                check("GONE", () -> {
                    throw new SyncException(FailureKind.SOURCE_OTHER, "Source db: gone.", "Call it back.", null);
                }),
                check("WAITS", () -> {
                    throw new PreconditionFailed("SOURCE_CONNECTION");
                }),
                check("BROKEN", () -> {
                    throw new IllegalStateException("password=secret");
                }));

        var report = new Precheck(checks, PATIENCE).run(TaskDraft.nowhere(), item -> {});

        assertThat(report.items())
                .extracting(PrecheckItem::outcome)
                .containsExactly(
                        new Outcome.CouldNotRun("Source db: gone. Call it back."),
                        new Outcome.CouldNotRun("Waits for SOURCE_CONNECTION: mend first what that check has found."),
                        new Outcome.CouldNotRun(
                                "Failed with IllegalStateException. Look into Leat's log for the cause."));
    }

    @Test
    void isClearWhenAllPassed() {
        assertThat(report(new Outcome.Passed()).clear(Set.of())).isTrue();
    }

    @Test
    void isClearOfAlertsOnlyWhenTheyAreIgnored() {
        var report = report(Outcome.of(List.of(ALERT)));

        assertThat(report.clear(Set.of())).isFalse();
        assertThat(report.clear(Set.of("OTHER"))).isFalse();
        assertThat(report.clear(Set.of("ITEM"))).isTrue();
    }

    @Test
    void isNeverClearOfErrorsNorOfWhatCouldNotRun() {
        assertThat(report(Outcome.of(List.of(ALERT, ERROR))).clear(Set.of("ITEM")))
                .isFalse();
        assertThat(report(new Outcome.CouldNotRun("No idea.")).clear(Set.of("ITEM")))
                .isFalse();
    }

    @Test
    void findingNothingIsPassing() {
        assertThat(Outcome.of(List.of())).isEqualTo(new Outcome.Passed());
    }

    @Test
    void listsErrorsFirstAndCountsWhatItDoesNotList() {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < 150; i++) {
            findings.add(ALERT);
        }
        findings.add(ERROR);

        assertThat(Outcome.of(findings)).isInstanceOfSatisfying(Outcome.Found.class, found -> {
            assertThat(found.findings()).hasSize(Outcome.MAX_FINDINGS + 1).startsWith(ERROR, ALERT);
            assertThat(found.findings().getLast().place()).isEqualTo("and 51 more");
        });
    }

    @Test
    void everyCheckHasANameOfItsOwnAndATitle() {
        assertThat(Checks.ALL).extracting(Check::name).doesNotHaveDuplicates().allMatch(n -> n.matches("[A-Z_]+"));
        assertThat(Checks.ALL).extracting(Check::title).doesNotHaveDuplicates().noneMatch(String::isBlank);
    }

    @Test
    void getsASharedThingOnlyOnce() {
        var count = new ArrayList<String>();
        var shared = new Shared<>(() -> {
            count.add("once");
            return "thing";
        });

        assertThat(List.of(shared.get(), shared.get())).containsExactly("thing", "thing");
        assertThat(count).hasSize(1);
    }

    private static PrecheckReport report(Outcome outcome) {
        return new PrecheckReport(List.of(new PrecheckItem("ITEM", "An item", outcome, Duration.ZERO)));
    }

    private static Check check(String name, Supplier<Outcome> outcome) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String title() {
                return name;
            }

            @Override
            public Outcome run(PrecheckContext context) {
                return outcome.get();
            }
        };
    }

    private static Outcome await(CyclicBarrier barrier) {
        try {
            barrier.await();
            return new Outcome.Passed();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
