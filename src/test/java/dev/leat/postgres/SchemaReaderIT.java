package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Ddl;
import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is the oracle: what is rendered builds an empty database whose catalog is the source's. */
class SchemaReaderIT {

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void rebuildsTheWholeDatabaseElsewhere(int major) throws SQLException {
        Database source = Servers.postgres(major).newDatabase();
        Database copy = Servers.postgres(major).newDatabase();
        try {
            execute(source, List.of(RichSchema.statements(major)));
            SchemaReader.Schema schema = read(source, id -> true, name -> true);
            assertThat(schema.leftOut()).isEmpty();
            execute(copy, schema.statements().stream().map(Ddl::sql).toList());
            same(source, copy, line -> !line.contains("citext"));
        } finally {
            source.drop();
            copy.drop();
        }
    }

    @Test
    void aTableSelectedByItselfBringsWhatItNeedsAndNoMore() throws SQLException {
        Database source = Servers.postgres(18).newDatabase();
        Database copy = Servers.postgres(18).newDatabase();
        try {
            execute(source, List.of(RichSchema.statements(18)));
            SchemaReader.Schema schema = read(
                    source, id -> id.table().equals("customer") || id.table().equals("child"), name -> false);
            execute(copy, schema.statements().stream().map(Ddl::sql).toList());
            assertThat(copy.query(
                            "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'v', 'm') AND c.oid >= 16384"))
                    .extracting(row -> row.get("relname"))
                    .containsExactlyInAnyOrder("customer", "child");
            List<String> expected = CatalogImage.of(source).stream()
                    .filter(line -> line.startsWith("column | shop | customer |")
                            || line.startsWith("constraint") && line.contains("| shop.customer |")
                            || line.startsWith("index") && line.contains(" ON shop.customer USING")
                            || line.startsWith("comment") && line.contains("shop.customer"))
                    .toList();
            assertThat(expected).hasSizeGreaterThan(30);
            assertThat(difference(expected, CatalogImage.of(copy))).isEmpty();
            assertThat(schema.leftOut()).isEmpty();
        } finally {
            source.drop();
            copy.drop();
        }
    }

    @Test
    void aForeignKeyToATableOutsideTheTaskIsLeftOutAndTold() {
        Database source = Servers.postgres(15).newDatabase();
        try {
            source.execute(
                    "CREATE TABLE one (id int PRIMARY KEY)",
                    "CREATE TABLE two (id int REFERENCES one)",
                    "CREATE VIEW both_of_them AS SELECT id FROM one NATURAL JOIN two",
                    "CREATE VIEW above AS SELECT * FROM both_of_them",
                    "CREATE TEXT SEARCH CONFIGURATION mine (COPY = english)",
                    "CREATE VIEW searched AS SELECT to_tsvector('mine', 'a')");
            SchemaReader.Schema schema = read(source, id -> id.table().equals("two"), name -> true);
            assertThat(schema.statements())
                    .extracting(Ddl::sql)
                    .containsExactly(
                            "CREATE SCHEMA IF NOT EXISTS public",
                            "CREATE TABLE \"public\".\"two\" (\n    id integer\n)");
            assertThat(schema.leftOut())
                    .containsExactlyInAnyOrder(
                            "foreign key public.two.two_id_fkey needs table public.one, which is not carried",
                            "view public.both_of_them needs table public.one, which is not carried",
                            "view public.above needs view public.both_of_them, which is not carried",
                            "view public.searched needs an object that DDL records cannot carry");
        } finally {
            source.drop();
        }
    }

    @Test
    void aRenamedTableKeepsItsKeysAndTellsWhatItLoses() throws SQLException {
        Database source = Servers.postgres(18).newDatabase();
        Database copy = Servers.postgres(18).newDatabase();
        try {
            source.execute(
                    "CREATE TYPE mood AS ENUM ('a')",
                    "CREATE TABLE item (id serial PRIMARY KEY, name text NOT NULL, mood mood DEFAULT 'a', secret text UNIQUE,"
                            + " size int CHECK (size > 0), twice int GENERATED ALWAYS AS (size * 2) STORED)",
                    "CREATE INDEX ON item (name)");
            TableNames names = new TableNames(
                    new TableId("STORE", "ITEM"),
                    Map.of("id", "ITEM id", "name", "NAME", "mood", "MOOD", "size", "SIZE"),
                    true);
            SchemaReader.Schema schema = new SchemaReader(Sources.of(source))
                    .read(Map.of(new TableId("public", "item"), names), name -> true);
            execute(copy, schema.statements().stream().map(Ddl::sql).toList());
            assertThat(CatalogImage.of(copy))
                    .contains(
                            "column | STORE | ITEM | 1 | ITEM id | integer | t |  |  | t | null |"
                                    + " nextval('public.item_id_seq'::regclass) | null",
                            "column | STORE | ITEM | 3 | MOOD | public.mood | f |  |  | t | null | 'a'::public.mood | null",
                            "column | STORE | ITEM | 4 | SIZE | integer | f |  |  | t | null | null | null",
                            "constraint | item_pkey | p | \"STORE\".\"ITEM\" | - | PRIMARY KEY (\"ITEM id\") | t | t | f | f",
                            "sequence | public.item_id_seq | integer | 1 | 1 | 1 | 2147483647 | 1 | f | null | null | null");
            assertThat(schema.leftOut())
                    .containsExactlyInAnyOrder(
                            "constraint public.item.item_size_check needs table public.item, to which the task gives other"
                                    + " names",
                            "constraint public.item.item_secret_key needs table public.item, to which the task gives other"
                                    + " names",
                            "index public.item_name_idx needs table public.item, to which the task gives other names");
        } finally {
            source.drop();
            copy.drop();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void anIdentityColumnFollowsItsTableIntoASchemaOfAnotherName(int major) throws SQLException {
        Database source = Servers.postgres(major).newDatabase();
        Database copy = Servers.postgres(major).newDatabase();
        try {
            source.execute("CREATE TABLE item (id int GENERATED ALWAYS AS IDENTITY (START WITH 7) PRIMARY KEY, n int)");
            TableNames names = new TableNames(new TableId("PUBLIC", "ITEM"), Map.of("id", "ID", "n", "N"), true);
            SchemaReader.Schema schema = new SchemaReader(Sources.of(source))
                    .read(Map.of(new TableId("public", "item"), names), name -> true);
            execute(copy, schema.statements().stream().map(Ddl::sql).toList());
            copy.execute("INSERT INTO \"PUBLIC\".\"ITEM\" (\"N\") VALUES (1)");
            assertThat(copy.value("SELECT \"ID\" FROM \"PUBLIC\".\"ITEM\"")).isEqualTo("7");
            assertThat(copy.value(
                            "SELECT attidentity FROM pg_attribute WHERE attrelid = '\"PUBLIC\".\"ITEM\"'::regclass"
                                    + " AND attname = 'ID'"))
                    .isEqualTo("a");
        } finally {
            source.drop();
            copy.drop();
        }
    }

    private static void same(Database source, Database copy, Predicate<String> wanted) throws SQLException {
        List<String> expected = CatalogImage.of(source).stream().filter(wanted).toList();
        List<String> actual = CatalogImage.of(copy);
        assertThat(expected).hasSizeGreaterThan(5);
        assertThat(difference(expected, actual)).as("only at the source").isEmpty();
        assertThat(difference(actual, expected)).as("only in the copy").isEmpty();
    }

    private static List<String> difference(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left;
    }

    private static SchemaReader.Schema read(Database source, Predicate<TableId> wanted, Predicate<String> whole) {
        return new SchemaReader(Sources.of(source)).read(names(source, wanted), whole);
    }

    private static Map<TableId, TableNames> names(Database source, Predicate<TableId> wanted) {
        return new Catalog(Sources.of(source))
                .tables(wanted).stream()
                        .map(CatalogTable::table)
                        .collect(Collectors.toMap(
                                table -> table.id(), table -> new TableNames(table.id(), Map.of(), false)));
    }

    /** One session, as a reader of the topic would have; nothing but the statements helps. */
    private static void execute(Database target, List<String> statements) throws SQLException {
        try (Connection session = target.connect(Map.of("preferQueryMode", "simple"));
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new AssertionError(sql, e);
                }
            }
        }
    }
}
