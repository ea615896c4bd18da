package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.TableId;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog tells which tables there are, what they look like, and what identifies their rows. */
class CatalogIT {

    private Database database = Servers.postgres(18).newDatabase();

    @AfterEach
    void drop() {
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void keyIsWhatTellsRowsApart(int major) {
        onServer(major);
        database.execute(
                "CREATE TABLE composite (a int, b int, c int, PRIMARY KEY (c, a))",
                "CREATE TABLE no_key (a int, b int UNIQUE)",
                "CREATE TABLE not_null (a int UNIQUE, b int NOT NULL UNIQUE)",
                "CREATE TABLE partial (a int NOT NULL)",
                "CREATE UNIQUE INDEX ON partial (a) WHERE a > 0",
                "CREATE UNIQUE INDEX ON partial ((a + 1))",
                "CREATE TABLE covering (a int, b int, PRIMARY KEY (b) INCLUDE (a))",
                "CREATE TABLE by_index (id int PRIMARY KEY, code text NOT NULL)",
                "CREATE UNIQUE INDEX by_code ON by_index (code)",
                "ALTER TABLE by_index REPLICA IDENTITY USING INDEX by_code",
                "CREATE TABLE whole (id int PRIMARY KEY)",
                "ALTER TABLE whole REPLICA IDENTITY FULL",
                "CREATE TABLE generated (a int NOT NULL UNIQUE, g int GENERATED ALWAYS AS (a) STORED PRIMARY KEY)");

        assertThat(key("composite")).containsExactly("c", "a");
        assertThat(key("no_key")).isEmpty();
        assertThat(key("not_null")).containsExactly("b");
        assertThat(key("partial")).isEmpty();
        assertThat(key("covering")).containsExactly("b");
        assertThat(key("by_index")).containsExactly("code");
        assertThat(key("whole")).containsExactly("id");
        assertThat(Sources.table(database, "whole").table().fullIdentity()).isTrue();
        assertThat(Sources.table(database, "composite").primaryKey()).isTrue();
        assertThat(Sources.table(database, "not_null").primaryKey()).isFalse();
        assertThat(Sources.table(database, "by_index").replicaIdentity()).isEqualTo('i');
    }

    @Test
    void keyOverAGeneratedColumnGivesWayToAnother() {
        database.execute(
                "CREATE TABLE t (a int NOT NULL UNIQUE, g int GENERATED ALWAYS AS (a) STORED, PRIMARY KEY (g))");

        assertThat(key("t")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void partitionsArePartOfTheirRoot(int major) {
        onServer(major);
        database.execute(
                "CREATE TABLE root (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE leaf PARTITION OF root FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE branch PARTITION OF root FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id)",
                "CREATE TABLE twig PARTITION OF branch FOR VALUES FROM (10) TO (20)");

        var tables = new Catalog(Sources.of(database)).tables(id -> true);

        assertThat(tables).singleElement().satisfies(root -> {
            assertThat(root.table().id()).isEqualTo(Sources.id("root"));
            assertThat(root.partitioned()).isTrue();
            assertThat(root.leaves()).containsExactlyInAnyOrder(oid("leaf"), oid("twig"));
            assertThat(root.table().key()).containsExactly(0);
        });
    }

    @Test
    void inheritingTablesAreTablesOfTheirOwn() {
        database.execute("CREATE TABLE parent (id int)", "CREATE TABLE child () INHERITS (parent)");

        assertThat(new Catalog(Sources.of(database)).tables(id -> true))
                .allSatisfy(table -> assertThat(table.leaves()).isEmpty())
                .extracting(table -> table.table().id())
                .containsExactly(Sources.id("child"), Sources.id("parent"));
    }

    @Test
    void onlyUsersTablesAreTold() {
        database.execute(
                "CREATE SCHEMA gp_sales",
                "CREATE TABLE gp_sales.orders (id int)",
                "CREATE UNLOGGED TABLE fleeting (id int)",
                "CREATE VIEW seen AS SELECT 1",
                "CREATE MATERIALIZED VIEW kept AS SELECT 1",
                "CREATE SEQUENCE counted");
        var catalog = new Catalog(Sources.of(database));

        assertThat(catalog.tables(id -> true))
                .extracting(table -> table.table().id())
                .containsExactly(new TableId("gp_sales", "orders"), Sources.id("fleeting"));
        assertThat(catalog.tables(id -> id.table().equals("fleeting")))
                .singleElement()
                .extracting(CatalogTable::persistence)
                .isEqualTo('u');
        assertThat(catalog.schemas()).containsExactly("gp_sales", "public");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void typesAreToldToTheirBottom(int major) {
        onServer(major);
        database.execute(
                "CREATE TYPE mood AS ENUM ('fine')",
                "CREATE TYPE pair AS (a int, b int)",
                "CREATE DOMAIN price AS numeric(10,2)",
                "CREATE DOMAIN dear AS price",
                "CREATE DOMAIN prices AS numeric(8,3)[]",
                """
                CREATE TABLE t (n numeric(6,3), n0 numeric, neg numeric(8,2), v varchar(7), c char(3), ts timestamp(3),
                  b bit(5), vb varbit, e mood, p pair, d dear, r int4range, na numeric(10,2)[], ea mood[], da dear[],
                  dp prices, iv int2vector, i int NOT NULL)""");
        var columns = Sources.table(database, "t").table().columns().stream()
                .collect(Collectors.toMap(Column::name, Column::type));

        assertThat(columns.get("n").numericPrecision()).isEqualTo(6);
        assertThat(columns.get("n").numericScale()).isEqualTo(3);
        assertThat(columns.get("n0").numericScale()).isEqualTo(-1);
        assertThat(columns.get("n0").numericPrecision()).isEqualTo(-1);
        assertThat(columns.get("v").modifier()).isEqualTo(11);
        assertThat(columns.get("v").sqlName()).isEqualTo("character varying");
        assertThat(columns.get("ts").timePrecision()).isEqualTo(3);
        assertThat(columns.get("b").bitLength()).isEqualTo(5);
        assertThat(columns.get("vb").bitLength()).isEqualTo(-1);
        assertKinds(columns);
        assertThat(columns.get("d").undomained().numericScale()).isEqualTo(2);
        assertThat(columns.get("na").inner().numericScale()).isEqualTo(2);
        assertThat(columns.get("da").inner().undomained().numericScale()).isEqualTo(2);
        assertThat(columns.get("i").name()).isEqualTo("int4");
    }

    private static void assertKinds(Map<String, DataType> columns) {
        assertThat(columns.get("e").kind()).isEqualTo(DataType.Kind.ENUM);
        assertThat(columns.get("p").kind()).isEqualTo(DataType.Kind.COMPOSITE);
        assertThat(columns.get("d").kind()).isEqualTo(DataType.Kind.DOMAIN);
        assertThat(columns.get("r").kind()).isEqualTo(DataType.Kind.RANGE);
        assertThat(columns.get("ea").kind()).isEqualTo(DataType.Kind.ARRAY);
        assertThat(columns.get("ea").inner().kind()).isEqualTo(DataType.Kind.ENUM);
        assertThat(columns.get("iv").kind()).isEqualTo(DataType.Kind.BASE);
    }

    @Test
    void elementsOfADomainOverAnArrayKeepTheirScale() {
        database.execute("CREATE DOMAIN prices AS numeric(8,3)[]", "CREATE TABLE t (dp prices)");

        var array =
                Sources.table(database, "t").table().columns().getFirst().type().undomained();

        assertThat(array.kind()).isEqualTo(DataType.Kind.ARRAY);
        assertThat(array.inner().numericScale()).isEqualTo(3);
    }

    @Test
    void scalesMayBeNegativeOrLargerThanThePrecision() {
        database.execute("CREATE TABLE t (a numeric(3,-2), b numeric(2,5), c numeric(1000,1000))");

        assertThat(Sources.table(database, "t").table().columns())
                .extracting(column -> column.type().numericScale())
                .containsExactly(-2, 5, 1000);
    }

    @Test
    void droppedTablesAndTypesAreGone() {
        database.execute("CREATE TABLE t (id int)");
        int oid = oid("t");
        var catalog = new Catalog(Sources.of(database));

        assertThat(catalog.table(oid)).map(t -> t.table().id()).contains(Sources.id("t"));
        database.execute("DROP TABLE t");
        assertThat(catalog.table(oid)).isEmpty();
        assertThat(catalog.types(List.of(23, -5))).containsOnlyKeys(23);
        assertThat(catalog.types(List.of())).isEmpty();
        assertThat(catalog.tables(id -> true)).isEmpty();
    }

    @Test
    void namesAreFoundByAnyPartInAnyCase() {
        database.execute(
                "CREATE TABLE \"Orders_2024\" (id int)",
                "CREATE TABLE \"ordersX2025\" (id int)",
                "CREATE TABLE items (id int)");
        var catalog = new Catalog(Sources.of(database));

        assertThat(catalog.tableNames("public", "ORDERS", 10)).containsExactlyInAnyOrder("Orders_2024", "ordersX2025");
        assertThat(catalog.tableNames("public", "s_2", 10)).containsExactly("Orders_2024");
        assertThat(catalog.tableNames("public", "", 1)).hasSize(1);
        assertThat(catalog.databases()).contains(database.name(), "postgres").doesNotContain("template0");
    }

    @Test
    void thousandsOfTablesAreReadInSeconds() {
        for (int batch = 0; batch < 10; batch++) {
            int from = batch * 200;
            database.execute(IntStream.range(from, from + 200)
                    .mapToObj(i -> "CREATE TABLE t" + i + " (id int PRIMARY KEY, a int, b bigint, c timestamptz)")
                    .collect(Collectors.joining("; ")));
        }
        long start = System.nanoTime();

        assertThat(new Catalog(Sources.of(database)).tables(id -> true))
                .hasSize(2_000)
                .allSatisfy(table -> assertThat(table.table().columns()).hasSize(4))
                .allSatisfy(table -> assertThat(table.table().hasKey()).isTrue());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void capabilitiesAreWhatTheServerCanDo(int major) {
        onServer(major);
        var capabilities = Capabilities.probe(Sources.of(
                database.as(dev.leat.fixture.PostgresServer.LEAT, dev.leat.fixture.PostgresServer.LEAT_PASSWORD)));

        assertThat(capabilities.version()).startsWith(major + ".");
        assertThat(capabilities.systemIdentifier()).matches("\\d{10,}");
        assertThat(capabilities.timeline()).isEqualTo(1);
        assertThat(capabilities.publishesViaRoot()).isEqualTo(major >= 13);
        assertThat(capabilities.tidRanges()).isEqualTo(major >= 14);
        assertThat(capabilities.emitsMessages()).isTrue();
        assertThat(capabilities.sendsMessages()).isEqualTo(major >= 14);
        assertThat(capabilities.segmented()).isFalse();
        assertThat(capabilities.walLevel()).isEqualTo("logical");
    }

    private List<String> key(String table) {
        var shape = Sources.table(database, table).table();
        return shape.key().stream().map(i -> shape.columns().get(i).name()).toList();
    }

    private int oid(String table) {
        return Integer.parseInt(database.value("SELECT '" + table + "'::regclass::oid::int"));
    }

    private void onServer(int major) {
        database.drop();
        database = Servers.postgres(major).newDatabase();
    }
}
