package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Chunk;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks hold every row exactly once. */
class ChunkPlannerIT {

    private static final int READERS = 4;

    private Database database = Servers.postgres(18).newDatabase();

    @AfterEach
    void drop() {
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void smallAndEmptyTablesAreReadAtOnce(int major) {
        onServer(major);
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        assertThat(plan("t")).containsExactly(new Chunk(table("t").table(), 0, ""));
        assertThat(read("t", plan("t"))).isEmpty();

        database.execute("INSERT INTO t SELECT generate_series(1, 1000)", "ANALYZE t");
        assertThat(plan("t")).hasSize(1);
        assertThat(read("t", plan("t"))).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void largeTableIsCutByBlocks() {
        database.execute("CREATE TABLE t (id int, pad text)", "ALTER TABLE t ALTER pad SET STORAGE PLAIN");
        fill("t", 1, 24_000);
        var described = table("t");
        var chunks = planner().plan(described);
        fill("t", 24_001, 26_000);

        assertThat(described.blocks()).isGreaterThan(4_096);
        assertThat(chunks)
                .hasSizeGreaterThan(1)
                .extracting(Chunk::index)
                .containsExactlyElementsOf(
                        IntStream.range(0, chunks.size()).boxed().toList());
        assertThat(chunks.getFirst().condition()).startsWith("ctid >= '(0,0)'");
        assertRows("t", chunks, 26_000);
    }

    @Test
    void tableThatShrankIsStillReadWhole() {
        database.execute("CREATE TABLE t (id int, pad text)", "ALTER TABLE t ALTER pad SET STORAGE PLAIN");
        fill("t", 1, 24_000);
        var chunks = plan("t");
        database.execute("DELETE FROM t WHERE id > 100", "VACUUM FULL t");

        assertThat(chunks).hasSizeGreaterThan(1);
        assertRows("t", chunks, 100);
    }

    @Test
    void largeTableWithoutBlockRangesIsCutByItsKey() {
        onServer(12);
        database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY)",
                "INSERT INTO t SELECT i FROM generate_series(1, 250000) i",
                "ANALYZE t");
        var chunks = plan("t");
        database.execute("INSERT INTO t VALUES (-5), (250001), (9000000000)");

        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(chunks)
                .extracting(Chunk::condition)
                .allSatisfy(condition -> assertThat(condition).contains("\"id\""));
        assertThat(read("t", chunks)).hasSize(250_003).doesNotHaveDuplicates();
    }

    @Test
    void keysAtTheEndsOfTheirTypeAreCutWithoutOverflow() {
        onServer(12);
        database.execute(
                "CREATE TABLE t (\"odd \"\"Key\" bigint PRIMARY KEY)",
                "INSERT INTO t SELECT i FROM generate_series(1, 200000) i",
                "INSERT INTO t VALUES (-9223372036854775808), (9223372036854775807)",
                "ANALYZE t");
        var chunks = plan("t");

        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(read("t", chunks)).hasSize(200_002).doesNotHaveDuplicates();
    }

    @Test
    void keyThatIsNoNumberIsReadAtOnce() {
        onServer(12);
        database.execute(
                "CREATE TABLE t (id text PRIMARY KEY)",
                "INSERT INTO t SELECT i FROM generate_series(1, 120000) i",
                "ANALYZE t");

        assertThat(plan("t")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void partitionedTableIsReadWithAllItsPartitions(int major) {
        onServer(major);
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, pad text) PARTITION BY RANGE (id)",
                "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (60000)",
                "CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (60000) TO (200000)",
                "INSERT INTO t SELECT i FROM generate_series(1, 150000) i",
                "ANALYZE t");

        assertThat(read("t", plan("t"))).hasSize(150_000).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void rowsOfInheritingTablesAreNotReadWithTheirParent(int major) {
        onServer(major);
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, pad text)",
                "CREATE TABLE child (more int) INHERITS (t)",
                "INSERT INTO t SELECT i FROM generate_series(1, 120000) i",
                "INSERT INTO child VALUES (-1, 'x', 1)",
                "ANALYZE t");

        assertThat(read("t", plan("t"))).hasSize(120_000).doesNotContain("-1");
        assertThat(read("t", List.of(new Chunk(table("t").table(), 0, "true")))).hasSize(120_000);
        assertThat(read("child", plan("child"))).containsExactly("-1");
    }

    private void fill(String table, int from, int to) {
        database.execute(
                "INSERT INTO " + table + " SELECT i, repeat('p', 1500) FROM generate_series(" + from + ", " + to
                        + ") i",
                "ANALYZE " + table);
    }

    private void assertRows(String table, List<Chunk> chunks, int count) {
        assertThat(read(table, chunks))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, count)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private List<String> read(String table, List<Chunk> chunks) {
        List<String> ids = new ArrayList<>();
        var source = Sources.of(database);
        boolean partitioned = table(table).partitioned();
        try (var snapshot = new ReplicationSlot(source, "copy_" + database.name()).createTemporary();
                var reader = CopyReader.open(source, snapshot.name())) {
            for (var chunk : chunks) {
                int before = ids.size();
                assertThat(reader.read(chunk, partitioned, row -> ids.add(row.text(0))))
                        .isEqualTo(ids.size() - before);
            }
        }
        return ids;
    }

    private List<Chunk> plan(String table) {
        return planner().plan(table(table));
    }

    private ChunkPlanner planner() {
        var source = Sources.of(database);
        return new ChunkPlanner(source, Capabilities.probe(source), READERS);
    }

    private CatalogTable table(String name) {
        return Sources.table(database, name);
    }

    private void onServer(int major) {
        database.drop();
        database = Servers.postgres(major).newDatabase();
    }
}
