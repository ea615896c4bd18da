package dev.leat.shape.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Chunk;
import dev.leat.change.Row;
import dev.leat.change.Table;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.CopyReader;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.SnapshotExport;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's own WHERE says whether a filter is right: for made-up conditions over rows of every type. */
class RowFilterIT {

    /** More of them with {@code -Dleat.filter.conditions=100000}. */
    private static final int CONDITIONS = Integer.getInteger("leat.filter.conditions", 600);

    private static final int BATCH = 200;

    @ParameterizedTest
    @CsvSource({"12,1", "12,2", "18,3", "18,4"})
    void decidesAsPostgresDoesAndRendersTheSame(int major, long seed) {
        var database = inC(major);
        var name = new Samples(major).create(database, seed);
        var source = source(database);
        var table = table(source);
        var conditions = new Conditions(seed);
        for (int done = 0; done < CONDITIONS; done += BATCH) {
            var batch =
                    Stream.generate(() -> conditions.condition(2)).limit(BATCH).toList();
            compare(source, table, name, batch, batch);
        }
        database.drop();
    }

    /** Whatever a filter takes, PostgreSQL takes too, and never stops at a row. */
    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void takesNothingThatPostgresRefuses(int major) {
        var database = inC(major);
        var name = new Samples(major).create(database, major);
        var source = source(database);
        var table = table(source);
        var conditions = new Conditions(major);
        var taken = Stream.generate(conditions::wild)
                .limit(CONDITIONS * 6)
                .filter(condition -> taken(condition, table))
                .toList();
        assertThat(taken).hasSizeGreaterThan(CONDITIONS / 2);
        for (int from = 0; from < taken.size(); from += BATCH) {
            var batch = taken.subList(from, Math.min(from + BATCH, taken.size()));
            compare(source, table, name, batch, batch);
        }
        database.drop();
    }

    private static boolean taken(String condition, Table table) {
        try {
            RowFilter.compile(condition, table);
            return true;
        } catch (SyncException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.SETTINGS);
            return false;
        }
    }

    /** A collation under which texts are equal that differ, or stand in another order, moves neither copy nor stream. */
    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void collationsOfColumnsDoNotMatter(int major) {
        var database = Servers.postgres(major).newDatabase();
        database.execute(
                "CREATE COLLATION public.alike (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
        assertThat(database.value("SELECT 'A' = 'a' COLLATE alike")).isEqualTo("true");
        var name = new Samples(major, "COLLATE public.alike").create(database, major);
        var source = source(database);
        var table = table(source);
        var conditions = new Conditions(major);
        var batch = Stream.generate(() -> conditions.condition(1)).limit(BATCH).toList();
        var rendered = batch.stream()
                .map(condition -> RowFilter.compile(condition, table).sql())
                .toList();
        compare(source, table, name, batch, rendered);
        database.drop();
    }

    /** Compares what the conditions of the oracle say with what filters say of the bytes, and their SQL at the source. */
    private static void compare(
            PostgresSource source, Table table, String name, List<String> conditions, List<String> oracle) {
        var filters = conditions.stream()
                .map(condition -> RowFilter.compile(condition, table))
                .toList();
        var expected = ask(source, name, oracle);
        var rendered = ask(source, name, filters.stream().map(RowFilter::sql).toList());
        var decided = decide(source, table, filters);
        for (int i = 0; i < conditions.size(); i++) {
            assertThat(rendered.get(i))
                    .as(conditions.get(i) + "\nrendered as " + filters.get(i).sql())
                    .isEqualTo(expected.get(i));
            assertThat(decided.get(i)).as(conditions.get(i)).isEqualTo(expected.get(i));
        }
    }

    /** For each condition what the source says of each row, in the order of the rows' ids. */
    private static List<List<Truth>> ask(PostgresSource source, String name, List<String> conditions) {
        var answers = empty(conditions.size());
        var list = conditions.stream().map(c -> "(" + c + ")").collect(Collectors.joining(",\n"));
        try (var session = source.session();
                var statement = session.createStatement();
                var rows = statement.executeQuery("SELECT " + list + "\nFROM public." + name + " ORDER BY id")) {
            while (rows.next()) {
                for (int i = 0; i < conditions.size(); i++) {
                    boolean value = rows.getBoolean(i + 1);
                    answers.get(i).add(rows.wasNull() ? Truth.UNKNOWN : Truth.of(value));
                }
            }
        } catch (SQLException e) {
            if (conditions.size() > 1) {
                conditions.forEach(condition -> ask(source, name, List.of(condition)));
            }
            throw new IllegalStateException(e.getMessage() + " in " + conditions.getFirst(), e);
        }
        return answers;
    }

    private static List<List<Truth>> decide(PostgresSource source, Table table, List<RowFilter> filters) {
        var answers = empty(filters.size());
        read(source, new Chunk(table, 0, "true"), row -> {
            for (int i = 0; i < filters.size(); i++) {
                answers.get(i).add(filters.get(i).decide(row, row));
            }
        });
        return answers;
    }

    private static void read(PostgresSource source, Chunk chunk, Consumer<Row> rows) {
        try (var snapshot = SnapshotExport.now(source);
                var reader = CopyReader.open(source, snapshot.name())) {
            reader.read(chunk, false, rows);
        }
    }

    private static List<List<Truth>> empty(int size) {
        return IntStream.range(0, size)
                .<List<Truth>>mapToObj(i -> new ArrayList<>())
                .toList();
    }

    private static Table table(PostgresSource source) {
        return new Catalog(source)
                .tables(id -> id.schema().equals("public"))
                .getFirst()
                .table();
    }

    /** A database that sorts by characters, so that conditions mean there what they mean to a filter. */
    private static Database inC(int major) {
        var admin = Servers.postgres(major).admin();
        var name = "c_" + UUID.randomUUID().toString().substring(0, 8);
        admin.execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        return new Database(admin.host(), admin.port(), name, admin.user(), admin.password());
    }

    private static PostgresSource source(Database database) {
        return new PostgresSource(
                new SourceEndpoint(
                        SourceKind.POSTGRESQL,
                        database.host(),
                        database.port(),
                        database.name(),
                        database.user(),
                        new Secret(database.password()),
                        SslMode.DISABLE,
                        ""),
                "leat-test");
    }
}
