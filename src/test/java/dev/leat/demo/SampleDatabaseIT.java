package dev.leat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.PostgresServer;
import dev.leat.fixture.Servers;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The demo's database is what the demo says it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleDatabaseIT {

    private static final String NAME = "demo_shop";

    private PostgresServer server;
    private Database shop;

    @BeforeAll
    void makeIt() {
        server = Servers.postgres(18);
        shop = SampleDatabase.prepare(server, NAME);
    }

    @AfterAll
    void dropIt() {
        var admin = server.admin();
        new Database(admin.host(), admin.port(), NAME, admin.user(), admin.password()).drop();
    }

    @Test
    void holdsSomeTwoHundredThousandRowsInTwelveTables() {
        var tables = shop.query("""
                SELECT relid::regclass::text AS name, (xpath('/row/n/text()', query_to_xml(
                  'SELECT count(*) AS n FROM ' || relid::regclass, false, true, '')))[1]::text::int AS rows
                FROM pg_stat_user_tables WHERE relname NOT LIKE 'movements%'
                UNION ALL SELECT 'stock.movements', count(*) FROM stock.movements""");

        assertThat(tables).hasSize(12);
        assertThat(tables)
                .allSatisfy(table -> assertThat((Long) table.get("rows")).isPositive());
        assertThat(tables.stream().mapToLong(table -> (Long) table.get("rows")).sum())
                .isBetween(200_000L, 250_000L);
    }

    @Test
    void preparingItTwiceChangesNothing() {
        var rows = shop.value("SELECT count(*) FROM sales.orders");

        SampleDatabase.prepare(server, NAME);

        assertThat(shop.value("SELECT count(*) FROM sales.orders")).isEqualTo(rows);
    }

    @Test
    void leatPublishesItsTablesWithoutBeingSuperuser() {
        var leat = shop.as(PostgresServer.LEAT, PostgresServer.LEAT_PASSWORD);

        leat.execute("CREATE PUBLICATION p FOR TABLE sales.orders, stock.movements", "DROP PUBLICATION p");

        assertThat(leat.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("false");
    }

    @Test
    void everyTransactionOfTheLoadChangesRows() throws Exception {
        var transactions = SampleLoad.read(SampleDatabase.resource("load.sql"));
        assertThat(Set.copyOf(transactions)).hasSize(10);

        try (var session = SampleLoad.connect(shop);
                var statement = session.createStatement()) {
            for (var transaction : Set.copyOf(transactions)) {
                statement.execute(transaction);
                assertThat(statement.getUpdateCount()).as(transaction).isPositive();
                session.commit();
            }
        }
    }
}
