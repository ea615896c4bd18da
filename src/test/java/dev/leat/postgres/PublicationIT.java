package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.TableId;
import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publication holds just the tables of the task and sends all that happens to them. */
class PublicationIT {

    private Database database = Servers.postgres(18).newDatabase();

    @AfterEach
    void drop() {
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void holdsTheTablesThatItIsTold(int major) {
        onServer(major);
        database.execute(
                "CREATE TABLE a (id int)",
                "CREATE TABLE \"b \"\"quoted\"\"\" (id int)",
                "CREATE TABLE root (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE leaf PARTITION OF root FOR VALUES FROM (0) TO (10)");
        var publication = publication();
        assertThat(publication.exists()).isFalse();

        publication.ensure(Sources.tables(database, "a", "b \"quoted\""), major > 12, false);
        assertThat(members()).containsExactly("a", "b \"quoted\"");
        publication.ensure(Sources.tables(database, "a", "root"), major > 12, false);
        assertThat(members())
                .as("what it held may be somebody's")
                .containsExactlyInAnyOrder("a", "b \"quoted\"", major > 12 ? "root" : "leaf");
        assertThat(publication.exists()).isTrue();

        publication.drop();
        publication.drop();
        assertThat(publication.exists()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void thatIsNobodyElsesHoldsNoMoreThanItIsTold(int major) {
        onServer(major);
        database.execute(
                "CREATE TABLE a (id int)",
                "CREATE TABLE child () INHERITS (a)",
                "CREATE TABLE root (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE leaf PARTITION OF root FOR VALUES FROM (0) TO (10)");
        publication().ensure(Sources.tables(database, "a", "child", "root"), major > 12, true);
        assertThat(members()).containsExactlyInAnyOrder("a", "child", major > 12 ? "root" : "leaf");
        publication().ensure(Sources.tables(database, "child"), major > 12, true);
        assertThat(members()).containsExactly("child");
        publication().ensure(Sources.tables(database, "a", "root"), major > 12, true);
        assertThat(members()).containsExactlyInAnyOrder("a", major > 12 ? "root" : "leaf");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void mayHoldNothing(int major) {
        onServer(major);
        database.execute("CREATE TABLE a (id int)");
        publication().ensure(List.of(), major > 12, false);
        assertThat(members()).isEmpty();

        publication().ensure(Sources.tables(database, "a"), major > 12, false);
        assertThat(members()).containsExactly("a");
    }

    @Test
    void ofAnotherMakerSendsEveryOperationToo() {
        database.execute("CREATE TABLE a (id int)", "CREATE PUBLICATION mine FOR TABLE a WITH (publish = 'insert')");

        publication().ensure(Sources.tables(database, "a"), true, false);

        assertThat(database.value("""
                        SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate
                        FROM pg_publication WHERE pubname = 'mine'""")).isEqualTo("true");
    }

    /** A root that is sent under its leaves' names was added once more, which the source refuses. */
    @Test
    void ofAnotherMakerMaySendARootUnderItsLeavesNames() {
        database.execute(
                "CREATE TABLE root (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE leaf PARTITION OF root FOR VALUES FROM (0) TO (10)",
                "CREATE PUBLICATION mine FOR TABLE root");

        publication().ensure(Sources.tables(database, "root"), true, false);
        assertThat(members()).containsExactly("leaf");

        database.execute("DROP PUBLICATION mine", "CREATE PUBLICATION mine FOR ALL TABLES");
        publication().ensure(Sources.tables(database, "root"), true, false);
        assertThat(publication().published()).extracting(TableId::table).containsExactlyInAnyOrder("leaf", "root");
    }

    private Publication publication() {
        return new Publication(Sources.of(database), "mine");
    }

    private List<Object> members() {
        return database.query("SELECT tablename FROM pg_publication_tables WHERE pubname = 'mine' ORDER BY 1").stream()
                .map(row -> row.get("tablename"))
                .toList();
    }

    private void onServer(int major) {
        database.drop();
        database = Servers.postgres(major).newDatabase();
    }
}
