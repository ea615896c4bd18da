package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.settings.EtlStep;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.TableEtl;
import dev.leat.settings.TaskDestination;
import dev.leat.settings.TaskSettings;
import dev.leat.settings.TaskSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the precheck says of ETL. */
class EtlCheckIT {

    @Test
    void namesStepLineAndColumnOfWhatDoesNotCompile() {
        try (var bench = new Workbench(18).asSuperuser()) {
            bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY, name text)");

            assertThat(findings(bench, table("orders", "name * 2"), table("gone", "1")))
                    .satisfiesExactlyInAnyOrder(
                            stray -> {
                                assertThat(stray.place()).isEqualTo("public.gone");
                                assertThat(stray.message()).contains("do not select one of that name");
                            },
                            type -> {
                                assertThat(type.place()).isEqualTo("public.orders");
                                assertThat(type.message())
                                        .isEqualTo(
                                                "Table public.orders, etl[0].steps[0].to, column a, line 1, column 6:"
                                                        + " the operator * does not take (string, int).");
                                assertThat(type.remedy()).contains("Columns here: id, name.");
                            });
            assertThat(findings(bench, table("orders", "name + '2'"))).isEmpty();
        }
    }

    private static TableEtl table(String name, String to) {
        return new TableEtl("public", name, List.of(new EtlStep.Set("a", to)), null);
    }

    private static List<Finding> findings(Workbench bench, TableEtl... etl) {
        var settings = new TaskSettings(
                "test",
                new TaskSource("shop", null, null, null),
                new TaskDestination("events", null, null, null, null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(etl),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        var plan = new PrecheckPlan(
                "leat-test", settings.checked(), bench.endpoint(), KafkaEndpoint.plaintext("127.0.0.1:1"), false);
        return switch (new SettingsFitCheck().run(new PrecheckContext(plan))) {
            case Outcome.Passed _ -> List.of();
            case Outcome.Found found -> found.findings();
            case Outcome.CouldNotRun failed -> throw new AssertionError(failed.reason());
        };
    }
}
