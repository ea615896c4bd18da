package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import dev.leat.postgres.PublishedTables.Standing;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends a table's changes, and whether the source lets them be made. */
class PublishedTablesIT {

    private Database database;

    @AfterEach
    void drop() {
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void tellsATableThatIsSentFromOneThatIsNot(int major) throws SQLException {
        make(major);
        assertThat(standing("plain")).isEqualTo(new Standing(true, true, true, false));
        database.execute("ALTER PUBLICATION tail DROP TABLE ONLY plain");
        assertThat(standing("plain").published()).isFalse();
        database.execute("DROP PUBLICATION tail", "CREATE PUBLICATION tail FOR ALL TABLES");
        assertThat(standing("plain").published()).isTrue();
        assertThat(standing("parted").published()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void aSchemaThatIsPublishedHoldsItsTables(int major) throws SQLException {
        make(major);
        database.execute("DROP PUBLICATION tail", "CREATE PUBLICATION tail FOR TABLES IN SCHEMA public");
        assertThat(standing("plain").published()).isTrue();
        assertThat(standing("parted").published()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void aTableOfWhichRowsOrColumnsAreLeftOutIsCutUntilItIsMended(int major) throws SQLException {
        make(major);
        assertThat(cut()).isEmpty();
        database.execute("ALTER PUBLICATION tail SET TABLE plain WHERE (id > 5), parted (id)");
        assertThat(cut()).hasSize(2);
        publish(major);
        assertThat(cut()).isEmpty();
        assertThat(standing("plain").published()).isTrue();
        assertThat(standing("parted").published()).isTrue();
    }

    /** Before 13 a root cannot be published, and a partition that is attached is sent by nobody. */
    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void aPartitionedTableIsSentWithAllItsPartitions(int major) throws SQLException {
        make(major);
        assertThat(standing("parted").published()).as("without partitions").isTrue();
        database.execute("CREATE TABLE leaf PARTITION OF parted FOR VALUES FROM (1) TO (10)");
        assertThat(standing("parted").published()).isEqualTo(major > 12);
        publish(major);
        assertThat(standing("parted").published()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void tellsWhetherRowsAreIdentified(int major) throws SQLException {
        make(major);
        database.execute("ALTER TABLE plain REPLICA IDENTITY NOTHING");
        assertThat(standing("plain")).isEqualTo(new Standing(true, true, false, true));
        database.execute("ALTER TABLE plain REPLICA IDENTITY FULL");
        assertThat(standing("plain").identified()).isTrue();
        database.execute("ALTER TABLE plain REPLICA IDENTITY DEFAULT", "ALTER TABLE plain DROP CONSTRAINT plain_pkey");
        assertThat(standing("plain")).isEqualTo(new Standing(true, true, false, false));
    }

    private void make(int major) {
        database = Servers.postgres(major).newDatabase();
        database.execute(
                "CREATE TABLE plain (id int PRIMARY KEY)",
                "CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id)");
        publish(major);
    }

    private void publish(int major) {
        new Publication(Sources.of(database), "tail")
                .ensure(Sources.tables(database, "plain", "parted"), major > 12, true);
    }

    private Set<Integer> cut() throws SQLException {
        try (var session = Sources.of(database).session()) {
            return new PublishedTables("tail").cut(session);
        }
    }

    private Standing standing(String name) throws SQLException {
        CatalogTable table = Sources.table(database, name);
        try (var session = Sources.of(database).session()) {
            return new PublishedTables("tail")
                    .standing(session, List.of(table))
                    .get(table.table().oid());
        }
    }
}
