package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.precheck.Finding.Severity;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Operation;
import dev.leat.settings.Phase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Row filters before the start: what cannot be followed is found, and the remedy cures it. */
@ParameterizedClass
@ValueSource(ints = {12, 18})
class RowFilterCheckIT {

    @Parameter
    int major;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(major).asSuperuser();
        bench.database()
                .execute(
                        "CREATE TYPE mood AS ENUM ('fine', 'bad')",
                        "CREATE TABLE orders (id int, day date, qty int, mood mood, PRIMARY KEY (id, day))"
                                + " PARTITION BY RANGE (day)",
                        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                        "CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aFilterBeyondTheKeyNeedsWholeOldRowsOfEveryPartition() {
        var found = findings(rule("qty > 10", null));
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.place()).isEqualTo("public.orders");
            assertThat(finding.remedy())
                    .contains(
                            "ALTER TABLE \"public\".\"orders\" REPLICA IDENTITY FULL;",
                            "ALTER TABLE \"public\".\"orders_1\" REPLICA IDENTITY FULL;",
                            "ALTER TABLE \"public\".\"orders_2\" REPLICA IDENTITY FULL;");
        });

        bench.mend(found);

        assertThat(findings(rule("qty > 10", null))).isEmpty();
    }

    @Test
    void aFilterThatNeedsNoOldRowsPasses() {
        assertThat(findings(rule("id % 10 = 3 AND day >= '2026-01-01'", null))).isEmpty();
        assertThat(findings(rule("qty > 10", Set.of(Operation.INSERT)))).isEmpty();
        assertThat(bench.findings(
                        new RowFilterCheck(),
                        TaskDraft.everything().only(rule("qty > 10", null)).phases(Phase.FULL)))
                .isEmpty();
    }

    @Test
    void aLabelThatTheEnumDoesNotHaveIsFound() {
        assertThat(findings(rule("mood = 'fine'", Set.of(Operation.INSERT)))).isEmpty();
        assertThat(findings(rule("mood = 'fne'", Set.of(Operation.INSERT))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("fne", "mood"));
    }

    @Test
    void aFilterThatDoesNotFitIsFoundWithItsPlace() {
        var draft = TaskDraft.everything().only(rule("qty > 10\n  AND quantity < 3", null));
        assertThat(bench.findings(new SettingsFitCheck(), draft))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).contains("public.orders", "line 2, column 7", "\"quantity\"");
                    assertThat(finding.remedy()).contains("id, day, qty, mood");
                });
        assertThat(bench.findings(new RowFilterCheck(), draft)).isEmpty();
    }

    private List<Finding> findings(ObjectRule rule) {
        return bench.findings(new RowFilterCheck(), TaskDraft.everything().only(rule));
    }

    private static ObjectRule rule(String filter, Set<Operation> operations) {
        return new ObjectRule("public", "orders", null, null, null, null, filter, operations);
    }
}
