package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.postgres.Publication;
import dev.leat.precheck.Finding.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of the publication on real servers, where it is missing, made by another, or leaves things out. */
@ParameterizedClass
@ValueSource(ints = {12, 18})
class PublicationRightCheckIT {

    @Parameter
    int major;

    private Workbench bench;
    private final TaskDraft task = TaskDraft.everything();

    @BeforeEach
    void open() {
        bench = new Workbench(major);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void publicationNeedsARightOnTheDatabaseAndEachTable() {
        var owner = "owner_of_" + bench.role();
        bench.database()
                .execute(
                        "CREATE ROLE " + owner,
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "CREATE TABLE own (id int PRIMARY KEY)",
                        "ALTER TABLE orders OWNER TO " + owner,
                        "ALTER TABLE own OWNER TO " + bench.role());
        try {
            var found = bench.findings(new PublicationRightCheck(), task);
            assertThat(found)
                    .extracting(Finding::place)
                    .containsExactly("database " + bench.database().name(), "public.orders");

            bench.mend(found);

            assertThat(bench.findings(new PublicationRightCheck(), task)).isEmpty();
            assertThatCode(() -> publish("made_by_run")).doesNotThrowAnyException();
        } finally {
            bench.database().execute("DROP OWNED BY " + owner, "DROP ROLE " + owner);
        }
    }

    @Test
    void publicationOfASuperusersTablesIsLeftToTheSuperuser() {
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "CREATE TABLE sales (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                        "CREATE TABLE sales_1 PARTITION OF sales FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')");
        assertThat(bench.findings(new PublicationRightCheck(), task))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("\"publication\": \"leat\""));

        var named = task.publication("shop");
        bench.mend(bench.findings(new PublicationRightCheck(), named));

        assertThat(bench.findings(new PublicationRightCheck(), named)).isEmpty();
    }

    @Test
    void namedPublicationHasToHoldEveryTableAndOperation() {
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "CREATE TABLE sales (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                        "CREATE TABLE sales_1 PARTITION OF sales FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                        "CREATE PUBLICATION shop FOR TABLE " + (major == 12 ? "sales_1" : "sales")
                                + " WITH (publish = 'insert')");
        var named = task.publication("shop");
        var found = bench.findings(new PublicationRightCheck(), named);
        assertThat(found).hasSize(2).extracting(Finding::severity).containsOnly(Severity.ERROR);
        assertThat(found.getFirst().message()).contains("UPDATE, DELETE");
        assertThat(found.getLast().message()).contains("public.orders");

        bench.mend(found);

        assertThat(bench.findings(new PublicationRightCheck(), named)).isEmpty();
    }

    @Test
    void namedPublicationThatLeavesRowsOutIsTold() {
        assumeTrue(major >= 15, "row filters came with 15");
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "CREATE PUBLICATION shop FOR TABLE orders WHERE (id > 5)");
        var named = task.publication("shop");
        var found = bench.findings(new PublicationRightCheck(), named);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ALERT);
            assertThat(finding.message()).contains("only some rows or columns of public.orders");
        });

        bench.mend(found);

        assertThat(bench.findings(new PublicationRightCheck(), named)).isEmpty();
    }

    @Test
    void publicationOfAllTablesHoldsThem() {
        bench.database()
                .execute(
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "CREATE TABLE sales (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                        "CREATE TABLE sales_1 PARTITION OF sales FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                        "CREATE PUBLICATION shop FOR ALL TABLES");
        var named = task.publication("shop");

        bench.mend(bench.findings(new PublicationRightCheck(), named));

        assertThat(bench.findings(new PublicationRightCheck(), named)).isEmpty();
    }

    private void publish(String name) {
        var facts = new PrecheckContext(bench.plan(task)).source();
        new Publication(bench.source(), name)
                .ensure(facts.tables(), facts.capabilities().publishesViaRoot(), false);
    }
}
