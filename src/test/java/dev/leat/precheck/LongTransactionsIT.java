package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.precheck.Finding.Severity;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of transactions that hold back the log, on real servers. */
@ParameterizedClass
@ValueSource(ints = {12, 18})
class LongTransactionsIT {

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
    void longTransactionIsToldWithoutItsLiteralsAndEnded() throws Exception {
        bench.asSuperuser();
        bench.database().execute("CREATE TABLE orders (id text PRIMARY KEY)");
        var check = new LongTransactionsCheck(Duration.ZERO);
        try (var session = bench.database().connect();
                var statement = session.createStatement()) {
            session.setAutoCommit(false);
            var pid = pid(statement);
            statement.execute("INSERT INTO orders VALUES ('confidential')");

            var found = mine(bench.findings(check, task), pid);
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.ALERT);
                assertThat(finding.message())
                        .contains("INSERT INTO orders VALUES (…")
                        .doesNotContain("confidential");
            });
            assertThat(mine(bench.findings(new LongTransactionsCheck(Duration.ofMinutes(5)), task), pid))
                    .isEmpty();

            bench.mend(found);

            await().untilAsserted(() ->
                    assertThat(mine(bench.findings(check, task), pid)).isEmpty());
        }
    }

    @Test
    void transactionWhoseAgeIsHiddenIsToldAndMended() throws Exception {
        bench.database().execute("CREATE TABLE orders (id int PRIMARY KEY)");
        var check = new LongTransactionsCheck(Duration.ofMinutes(5));
        try (var session = bench.database().connect();
                var statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("INSERT INTO orders VALUES (1)");

            var found = bench.findings(check, task);
            assertThat(found)
                    .extracting(Finding::remedy)
                    .containsExactly("GRANT pg_read_all_stats TO \"" + bench.role() + "\";");

            bench.mend(found);

            assertThat(bench.findings(check, task)).isEmpty();
        }
    }

    private static String pid(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static List<Finding> mine(List<Finding> findings, String pid) {
        return findings.stream()
                .filter(finding -> finding.place().equals("process " + pid))
                .toList();
    }
}
