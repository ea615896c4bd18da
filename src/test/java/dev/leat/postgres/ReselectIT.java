package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Change;
import dev.leat.change.Lsn;
import dev.leat.change.WalEvent;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that the log leaves out are read again from the source, found by keys of any type. */
class ReselectIT {

    /** Does not compress, so that it is stored out of line and an update of another column leaves it there. */
    private static final String LARGE =
            "(SELECT string_agg(md5(g::text), '' ORDER BY g) FROM generate_series(1, 300) g)";

    private static final List<String> KEYS = List.of(
            "int4 = 42",
            "int8 = -9223372036854775808",
            "text = E'o''k \\\\ \"q\" \\n ü'",
            "varchar(20) = 'plain'",
            "char(8) = 'pad'",
            "uuid = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
            "timestamptz = '2016-11-04T13:51:30.123456+02:00'",
            "date = '2016-11-04'",
            "numeric = 1.10",
            "float8 = 0.1",
            "bool = true",
            "bytea = '\\x00ff5c27'",
            "inet = '10.0.0.0/8'",
            "jsonb = '{\"a\": [1, \"''\"]}'",
            "int[] = '{1,2}'",
            "int4range = '[1,5)'",
            "public.mood = 'o''k'",
            "public.price = 7",
            "interval = '1 year 2 days'",
            "public.citext = 'MiXed'");

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void findsARowByAKeyOfAnyType(int major) {
        var database = Servers.postgres(major).newDatabase();
        database.execute(
                "CREATE EXTENSION citext",
                "CREATE TYPE mood AS ENUM ('sad', 'o''k')",
                "CREATE DOMAIN price AS int CHECK (value > 0)");
        for (int i = 0; i < KEYS.size(); i++) {
            String[] key = KEYS.get(i).split(" = ", 2);
            database.execute("CREATE TABLE k" + i + " (id " + key[0] + " PRIMARY KEY, n int, body text)");
        }
        var names = Stream.iterate(0, i -> i + 1)
                .limit(KEYS.size())
                .map(i -> "k" + i)
                .toArray(String[]::new);
        var tables = Sources.tables(database, names);
        Tail.prepare(database, tables);
        for (int i = 0; i < KEYS.size(); i++) {
            String value = KEYS.get(i).split(" = ", 2)[1];
            database.execute(
                    "INSERT INTO k" + i + " VALUES (" + value + ", 1, " + LARGE + ")", "UPDATE k" + i + " SET n = 2");
        }
        var large = database.value("SELECT " + LARGE);

        var completed = completed(database, tables, Set.of(), KEYS.size());

        assertThat(completed).hasSize(KEYS.size());
        for (int i = 0; i < KEYS.size(); i++) {
            var row = completed.get(i);
            assertThat(row.subList(1, 3)).as(KEYS.get(i)).containsExactly("2", large);
        }
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void readsAllThatLacksWithOneLookAndKeepsTheRest(int major) {
        var database = Servers.postgres(major).newDatabase();
        database.execute(
                "CREATE TABLE \"Odd \"\"T\" (a int, \"b '\" text, empty text, nil text, n int, body text, doc jsonb,"
                        + " bin bytea, arr text[], secret text, PRIMARY KEY (\"b '\", a))",
                "ALTER TABLE \"Odd \"\"T\" ALTER doc SET STORAGE EXTERNAL");
        var tables = Sources.tables(database, "Odd \"T");
        Tail.prepare(database, tables);
        database.execute(
                "INSERT INTO \"Odd \"\"T\" VALUES (7, 'it''s', '', NULL, 1, " + LARGE + ", jsonb_build_object('x', "
                        + LARGE + "), decode(" + LARGE + ", 'hex'), ARRAY[" + LARGE + ", NULL, ''], " + LARGE + ")",
                "UPDATE \"Odd \"\"T\" SET n = 2");

        var row = completed(database, tables, Set.of("secret"), 1).getFirst();

        assertThat(row.subList(0, 5)).containsExactly("7", "it's", "", "NULL", "2");
        assertThat(row.get(5)).isEqualTo(database.value("SELECT body FROM \"Odd \"\"T\""));
        assertThat(row.get(6)).isEqualTo(database.value("SELECT doc::text FROM \"Odd \"\"T\""));
        assertThat(row.get(7)).isEqualTo("\\x" + database.value("SELECT " + LARGE));
        assertThat(row.get(8)).isEqualTo(database.value("SELECT arr::text FROM \"Odd \"\"T\""));
        assertThat(row.get(9)).as("an excluded column is not asked for").isEqualTo("UNCHANGED");
        database.drop();
    }

    @Test
    void leavesUnavailableWhatIsGone() {
        var database = Servers.postgres(18).newDatabase();
        var names = new String[] {"row", "tab", "col", "new", "nul"};
        for (String name : names) {
            database.execute("CREATE TABLE \"" + name + "\" (id int PRIMARY KEY, n int, body text)");
        }
        var tables = Sources.tables(database, names);
        Tail.prepare(database, tables);
        for (String name : names) {
            database.execute(
                    "INSERT INTO \"" + name + "\" VALUES (1, 1, " + LARGE + ")", "UPDATE \"" + name + "\" SET n = 2");
        }
        database.execute(
                "DELETE FROM \"row\"",
                "DROP TABLE tab",
                "ALTER TABLE col RENAME body TO text",
                "UPDATE new SET body = 'newer'",
                "UPDATE nul SET body = NULL");

        var bodies = completed(database, tables, Set.of(), 5).stream()
                .map(List::getLast)
                .toList();

        assertThat(bodies).startsWith("UNCHANGED", "UNCHANGED", "UNCHANGED", "newer", "NULL");
        database.drop();
    }

    @Test
    void asksNothingWhenTheOldRowHoldsTheValues() {
        var database = Servers.postgres(18).newDatabase();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, n int, body text)", "ALTER TABLE item REPLICA IDENTITY FULL");
        var tables = Sources.tables(database, "item");
        Tail.prepare(database, tables);
        database.execute("INSERT INTO item VALUES (1, 1, " + LARGE + ")", "UPDATE item SET n = 2");

        var nowhere = Sources.of(new Database("127.0.0.1", 1, "x", "x", "x"));
        var rows = completed(database, tables, Set.of(), 1, new ReselectSession(nowhere));

        assertThat(rows).containsExactly(List.of("1", "2", "UNCHANGED"));
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void readsPartitionsThroughTheirRootAndNoHeirsOfATable(int major) {
        var database = Servers.postgres(major).newDatabase();
        database.execute(
                "CREATE TABLE part (id int, n int, body text, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE parent (id int PRIMARY KEY, n int, body text)",
                "CREATE TABLE heir () INHERITS (parent)",
                "INSERT INTO heir VALUES (1, 0, 'of the heir')");
        var tables = Sources.tables(database, "part", "parent");
        Tail.prepare(database, tables);
        database.execute(
                "INSERT INTO part VALUES (1, 1, " + LARGE + ")",
                "UPDATE part SET n = 2",
                "INSERT INTO parent VALUES (1, 1, " + LARGE + ")",
                "UPDATE ONLY parent SET n = 2");
        var large = database.value("SELECT " + LARGE);

        assertThat(completed(database, tables, Set.of(), 2))
                .containsExactly(List.of("1", "2", large), List.of("1", "2", large));
        database.drop();
    }

    @Test
    void opensAnotherSessionInPlaceOfOneThatTheServerEnded() {
        var database = Servers.postgres(18).newDatabase();
        database.execute("CREATE TABLE item (id int PRIMARY KEY, n int, body text)");
        var tables = Sources.tables(database, "item");
        Tail.prepare(database, tables);
        try (var session = new ReselectSession(new PostgresSource(Sources.endpoint(database), "leat-reselect"))) {
            database.execute("INSERT INTO item VALUES (1, 1, " + LARGE + ")", "UPDATE item SET n = 2");
            assertThat(completed(database, tables, Set.of(), 1, session)
                            .getFirst()
                            .getLast())
                    .hasSize(9_600);

            database.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'leat-reselect'");
            database.execute("UPDATE item SET n = 3");

            assertThat(completed(database, tables, Set.of(), 2, session)
                            .getLast()
                            .getLast())
                    .hasSize(9_600);
        }
        database.drop();
    }

    @Test
    void aSourceThatCannotBeReachedIsAFailureOfItsKind() {
        var database = Servers.postgres(18).newDatabase();
        database.execute("CREATE TABLE item (id int PRIMARY KEY, n int, body text)");
        var tables = Sources.tables(database, "item");
        Tail.prepare(database, tables);
        database.execute("INSERT INTO item VALUES (1, 1, " + LARGE + ")", "UPDATE item SET n = 2");
        var nowhere = Sources.of(new Database("127.0.0.1", 1, "x", "x", "x"));

        assertThatThrownBy(() -> completed(database, tables, Set.of(), 1, new ReselectSession(nowhere)))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE));
        database.drop();
    }

    private static List<List<String>> completed(
            Database database, List<CatalogTable> tables, Set<String> excluded, int updates) {
        try (var session = new ReselectSession(Sources.of(database))) {
            return completed(database, tables, excluded, updates, session);
        }
    }

    /** The rows after the first updates in the log, completed. */
    private static List<List<String>> completed(
            Database database, List<CatalogTable> tables, Set<String> excluded, int updates, ReselectSession session) {
        List<List<String>> rows = new ArrayList<>();
        var assembler = new ChangeAssembler(new RelationShapes(new Catalog(Sources.of(database)), tables), Lsn.ZERO);
        var committed = new AtomicInteger();
        try (var reader = WalReader.open(
                Sources.of(database), Tail.slot(database), "tail", Lsn.ZERO, Tail.PATIENCE, Clock.systemUTC())) {
            Awaitility.await().pollDelay(java.time.Duration.ZERO).until(() -> {
                reader.read()
                        .frames()
                        .forEach(frame -> assembler.assemble(frame, event -> {
                            if (event instanceof WalEvent.Changed changed
                                    && changed.change() instanceof Change.Update update) {
                                var completed = new Reselect(session, update.table(), excluded).complete(update);
                                rows.add(Sources.texts(((Change.Update) completed).after()));
                            } else if (event instanceof WalEvent.Committed) {
                                committed.incrementAndGet();
                            }
                        }));
                return rows.size() >= updates && committed.get() >= updates;
            });
        }
        return rows;
    }
}
