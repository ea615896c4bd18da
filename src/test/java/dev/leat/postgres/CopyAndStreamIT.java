package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Chunk;
import dev.leat.change.Lsn;
import dev.leat.fixture.Database;
import dev.leat.fixture.EveryType;
import dev.leat.fixture.Servers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same row has the same bytes whether it is copied or comes from the log. */
class CopyAndStreamIT {

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void everyTypeReadsAlikeInBothPhases(int major) {
        var database = Servers.postgres(major).newDatabase();
        EveryType.createTypes(database);
        var every = EveryType.odd(major).create(database);
        var table = Sources.table(database, EveryType.ODD_TABLE);
        Tail.prepare(database, List.of(table));
        int count = every.insert(database, 0);
        EveryType.makeOdd(database);

        var streamed = stream(database, table, count);
        var copied = copy(database, table);

        assertThat(table.table().columns()).hasSize(1 + every.types().size());
        assertThat(copied).hasSize(count).containsExactlyInAnyOrderEntriesOf(streamed);
        assertThat(copied.get("0"))
                .contains("2016-11-04 13:51:30", "2016-11-04 11:51:30.12+00", "\\x00ff5c090a", "0.1")
                .contains("1 year 2 mons 3 days 04:05:06.78", "public.mood", "<a b=\"1\">&lt;</a>");
        database.drop();
    }

    private static Map<String, List<String>> stream(Database database, CatalogTable table, int count) {
        Map<String, List<String>> rows = new HashMap<>();
        try (var tail = new Tail(database, List.of(table), Lsn.ZERO)) {
            tail.awaitChanges(count).forEach(seen -> rows.put(seen.after().getFirst(), seen.after()));
        }
        return rows;
    }

    private static Map<String, List<String>> copy(Database database, CatalogTable table) {
        Map<String, List<String>> rows = new HashMap<>();
        var slot = new ReplicationSlot(Sources.of(database), "copy_" + database.name());
        try (var snapshot = slot.createTemporary();
                var reader = CopyReader.open(Sources.of(database), snapshot.name())) {
            reader.read(new Chunk(table.table(), 0, ""), false, row -> rows.put(row.text(0), Sources.texts(row)));
        }
        return rows;
    }
}
