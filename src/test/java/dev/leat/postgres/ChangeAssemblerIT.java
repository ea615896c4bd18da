package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.leat.change.Column;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change of the log says of old rows, keys, unchanged values and positions. */
class ChangeAssemblerIT {

    private Database database = Servers.postgres(18).newDatabase();

    @AfterEach
    void drop() {
        database.drop();
    }

    @Test
    void keyChangeTellsTheOldKeyAndOnlyThat() {
        database.execute("CREATE TABLE t (a text, id int PRIMARY KEY)", "INSERT INTO t VALUES ('x', 1)");

        assertSeen("UPDATE t SET a = 'y'; UPDATE t SET id = 2; DELETE FROM t")
                .containsExactly("update t [y, 1]", "update t [NULL, 1] [y, 2]", "delete key t [NULL, 2]");
    }

    @Test
    void fullIdentityTellsTheWholeOldRow() {
        database.execute(
                "CREATE TABLE t (id int, a text)",
                "ALTER TABLE t REPLICA IDENTITY FULL",
                "INSERT INTO t VALUES (1, NULL)");

        assertSeen("UPDATE t SET a = 'y'; DELETE FROM t")
                .containsExactly("update t [1, NULL] [1, y]", "delete t [1, y]");
        assertThat(Sources.table(database, "t").table().fullIdentity()).isTrue();
    }

    @Test
    void indexIdentityTellsTheColumnsOfTheIndex() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL, a text)",
                "CREATE UNIQUE INDEX by_code ON t (code)",
                "ALTER TABLE t REPLICA IDENTITY USING INDEX by_code",
                "INSERT INTO t VALUES (1, 'c', 'x')");

        assertSeen("UPDATE t SET a = 'y'; UPDATE t SET code = 'd'; DELETE FROM t")
                .containsExactly(
                        "update t [1, c, y]", "update t [NULL, c, NULL] [1, d, y]", "delete key t [NULL, d, NULL]");
    }

    @Test
    void noIdentityStillTellsInserts() {
        database.execute("CREATE TABLE t (id int)", "ALTER TABLE t REPLICA IDENTITY NOTHING");

        assertSeen("INSERT INTO t VALUES (1), (2)").containsExactly("insert t [1]", "insert t [2]");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void largeValueThatWasNotTouchedIsUnchanged(int major) {
        onServer(major);
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, a int, big text, empty text)",
                "ALTER TABLE t ALTER big SET STORAGE EXTERNAL",
                "INSERT INTO t VALUES (1, 1, repeat('x', 3000000), '')");

        assertSeen("UPDATE t SET a = 2; UPDATE t SET id = 2; UPDATE t SET big = NULL")
                .containsExactly(
                        "update t [1, 2, UNCHANGED, ]",
                        "update t [1, NULL, NULL, NULL] [2, 2, UNCHANGED, ]",
                        "update t [2, 2, NULL, ]");
    }

    @Test
    void fullIdentityTellsUnchangedLargeValuesInTheOldRow() {
        database.execute(
                "CREATE TABLE t (id int, a int, big text)",
                "ALTER TABLE t REPLICA IDENTITY FULL",
                "ALTER TABLE t ALTER big SET STORAGE EXTERNAL",
                "INSERT INTO t VALUES (1, 1, repeat('x', 3000))");

        assertSeen("UPDATE t SET a = 2").containsExactly("update t [1, 1, " + "x".repeat(3000) + "] [1, 2, UNCHANGED]");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void valuesOfManyMegabytesArriveWhole(int major) {
        onServer(major);
        database.execute("CREATE TABLE t (id int PRIMARY KEY, big text)");
        try (var tail = Tail.follow(database, Sources.tables(database, "t"))) {
            database.execute("INSERT INTO t SELECT i, repeat(i::text, 8000000) FROM generate_series(1, 3) i");

            assertThat(tail.awaitChanges(3))
                    .extracting(seen -> seen.after().get(1))
                    .containsExactly("1".repeat(8_000_000), "2".repeat(8_000_000), "3".repeat(8_000_000));
        }
    }

    @Test
    void eachChangeOfATransactionHasAPositionOfItsOwn() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        try (var tail = Tail.follow(database, Sources.tables(database, "t"))) {
            database.execute("INSERT INTO t SELECT generate_series(1, 3)", "INSERT INTO t VALUES (4)");

            var origins = tail.awaitChanges(4).stream().map(Tail.Seen::origin).toList();

            assertThat(origins).extracting("index").containsExactly(0, 1, 2, 0);
            assertThat(origins.getFirst().commitLsn()).isEqualTo(origins.get(2).commitLsn());
            assertThat(origins.getLast().previousCommitLsn())
                    .isEqualTo(tail.commits.getFirst().endLsn());
            assertThat(origins.getLast().transactionId())
                    .isNotEqualTo(origins.getFirst().transactionId());
            assertThat(tail.commits.getFirst().commitLsn())
                    .isEqualTo(origins.getFirst().commitLsn());
            assertThat(tail.commits.getFirst().endLsn())
                    .isGreaterThan(origins.getFirst().commitLsn());
            var now =
                    Long.parseLong(database.value("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"));
            assertThat(origins)
                    .allSatisfy(origin -> assertThat(origin.committedAtMicros()).isBetween(now - 60_000_000, now));
        }
    }

    @Test
    void truncateTellsEachTable() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE u (id int PRIMARY KEY)");
        try (var tail = Tail.follow(database, Sources.tables(database, "t", "u"))) {
            database.execute("TRUNCATE t, u");

            assertThat(tail.awaitChanges(2))
                    .extracting(Tail.Seen::toString, seen -> seen.origin().index())
                    .containsExactlyInAnyOrder(tuple("truncate t", 0), tuple("truncate u", 1));
        }
    }

    @Test
    void columnsAddedInTheStreamArriveAtTheExactRow() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, a text)");
        try (var tail = Tail.follow(database, Sources.tables(database, "t"))) {
            database.execute(
                    "INSERT INTO t VALUES (1, 'x')",
                    "ALTER TABLE t ADD b numeric(6,2) NOT NULL DEFAULT 1",
                    "INSERT INTO t VALUES (2, 'y', 2)",
                    "ALTER TABLE t DROP COLUMN a",
                    "INSERT INTO t VALUES (3, 3)");

            assertThat(tail.awaitChanges(3))
                    .extracting(Tail.Seen::toString)
                    .containsExactly("insert t [1, x]", "insert t [2, y, 2.00]", "insert t [3, 3.00]");
            var last = tail.seen.getLast().table();
            assertThat(last.columns()).extracting(Column::name).containsExactly("id", "b");
            assertThat(last.columns().getLast().type().numericScale()).isEqualTo(2);
            assertThat(last.columns().getLast().notNull()).isTrue();
            assertThat(last.key()).containsExactly(0);
        }
    }

    @Test
    void keyOfALaterMomentIsNotTakenForTheKeyOfTheRow() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL)");
        Tail.prepare(database, Sources.tables(database, "t"));
        var atStart = Sources.tables(database, "t");
        database.execute(
                "INSERT INTO t VALUES (1, 'c'), (2, 'd')",
                "DELETE FROM t WHERE id = 1",
                "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (code)",
                "DELETE FROM t WHERE id = 2");

        try (var tail = new Tail(database, atStart, dev.leat.change.Lsn.ZERO)) {
            assertThat(tail.awaitChanges(4))
                    .extracting(Tail.Seen::toString, seen -> seen.table().key())
                    .endsWith(tuple("delete key t [1, NULL]", List.of(0)), tuple("delete key t [NULL, d]", List.of(1)));
        }
        try (var tail = new Tail(database, Sources.tables(database, "t"), dev.leat.change.Lsn.ZERO)) {
            assertThat(tail.awaitChanges(4))
                    .extracting(Tail.Seen::toString, seen -> seen.table().key())
                    .endsWith(tuple("delete key t [1, NULL]", List.of(0)), tuple("delete key t [NULL, d]", List.of(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void rowsOfPartitionsAreRowsOfTheirRoot(int major) {
        onServer(major);
        makePartitions();
        try (var tail = Tail.follow(database, Sources.tables(database, "parted"))) {
            database.execute(
                    "INSERT INTO parted VALUES (1, 'a'), (15, 'b')",
                    "UPDATE parted SET a = 'c' WHERE id = 15",
                    "UPDATE parted SET id = 16 WHERE id = 15",
                    "DELETE FROM parted WHERE id = 1");

            assertThat(tail.awaitChanges(5))
                    .extracting(Tail.Seen::toString)
                    .containsExactly(
                            "insert parted [1, a]",
                            "insert parted [15, b]",
                            "update parted [15, c]",
                            "update parted [15, NULL] [16, c]",
                            "delete key parted [1, NULL]");
            assertThat(tail.seen).extracting(seen -> seen.table().key()).containsOnly(List.of(0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void truncateOfAPartitionedTableIsToldOnce(int major) {
        onServer(major);
        makePartitions();
        try (var tail = Tail.follow(database, Sources.tables(database, "parted"))) {
            database.execute("INSERT INTO parted VALUES (1, 'a')", "TRUNCATE parted");

            tail.awaitChanges(2);
            assertThat(tail.drain())
                    .extracting(Tail.Seen::toString)
                    .containsExactly("insert parted [1, a]", "truncate parted");
        }
    }

    /** Under its leaves' names the log tells which of them are emptied; the other's rows stay. */
    @Test
    void truncateOfOnePartitionIsNotToldAsOneOfAll() {
        onServer(12);
        makePartitions();
        try (var tail = Tail.follow(database, Sources.tables(database, "parted"))) {
            database.execute(
                    "INSERT INTO parted VALUES (1, 'a'), (15, 'b')",
                    "TRUNCATE parted_1",
                    "INSERT INTO parted VALUES (2, 'a')",
                    "TRUNCATE parted");

            tail.awaitChanges(4);
            assertThat(tail.drain())
                    .extracting(Tail.Seen::toString)
                    .containsExactly(
                            "insert parted [1, a]", "insert parted [15, b]", "insert parted [2, a]", "truncate parted");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void partitionWithColumnsInAnotherOrderKeepsItsValuesWithTheirColumns(int major) {
        onServer(major);
        makePartitions();
        database.execute(
                "CREATE TABLE odd (gone int, a text, id int NOT NULL)",
                "ALTER TABLE odd DROP COLUMN gone",
                "ALTER TABLE parted ATTACH PARTITION odd FOR VALUES FROM (20) TO (30)");
        try (var tail = Tail.follow(database, Sources.tables(database, "parted"))) {
            database.execute("INSERT INTO parted VALUES (21, 'z')", "DELETE FROM parted WHERE id = 21");

            assertThat(tail.awaitChanges(2)).allSatisfy(seen -> {
                assertThat(seen.table().id()).isEqualTo(Sources.id("parted"));
                int id = seen.table().key().getFirst();
                assertThat(seen.table().columns().get(id).name()).isEqualTo("id");
                assertThat((seen.after().isEmpty() ? seen.before() : seen.after()).get(id))
                        .isEqualTo("21");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void rowsOfAnInheritingTableAreItsOwn(int major) {
        onServer(major);
        makeFamily();
        try (var tail = Tail.follow(database, Sources.tables(database, "parent", "child"))) {
            database.execute("INSERT INTO parent VALUES (1)", "INSERT INTO child VALUES (2, 'x')");

            assertThat(tail.awaitChanges(2))
                    .extracting(Tail.Seen::toString)
                    .containsExactly("insert parent [1]", "insert child [2, x]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void rowsOfAnInheritingTableThatWasNotSelectedStayAway(int major) {
        onServer(major);
        makeFamily();
        try (var tail = Tail.follow(database, Sources.tables(database, "parent"))) {
            database.execute("INSERT INTO child VALUES (2, 'x')", "INSERT INTO parent VALUES (1)");

            tail.awaitChanges(1);
            assertThat(tail.drain()).extracting(Tail.Seen::toString).containsExactly("insert parent [1]");
        }
    }

    private void makePartitions() {
        database.execute(
                "CREATE TABLE parted (id int PRIMARY KEY, a text) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_2_1 PARTITION OF parted_2 FOR VALUES FROM (10) TO (20)");
    }

    private void makeFamily() {
        database.execute("CREATE TABLE parent (id int PRIMARY KEY)", "CREATE TABLE child (a text) INHERITS (parent)");
    }

    private org.assertj.core.api.ListAssert<String> assertSeen(String statements) {
        try (var tail = Tail.follow(database, Sources.tables(database, "t"))) {
            var list = statements.split("; ");
            database.execute(list);
            int changes = list[0].startsWith("INSERT") ? 2 : list.length;
            return assertThat(
                    tail.awaitChanges(changes).stream().map(Tail.Seen::toString).toList());
        }
    }

    private void onServer(int major) {
        database.drop();
        database = Servers.postgres(major).newDatabase();
    }
}
