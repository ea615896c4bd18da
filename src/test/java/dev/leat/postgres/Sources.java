package dev.leat.postgres;

import dev.leat.change.Row;
import dev.leat.change.TableId;
import dev.leat.fixture.Database;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways into the databases of the tests. */
final class Sources {

    private Sources() {}

    static PostgresSource of(Database database) {
        return new PostgresSource(endpoint(database), "leat-test");
    }

    static SourceEndpoint endpoint(Database database) {
        return new SourceEndpoint(
                SourceKind.POSTGRESQL,
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                new Secret(database.password()),
                SslMode.DISABLE,
                "");
    }

    /** One table of a schema {@code public}. */
    static CatalogTable table(Database database, String name) {
        return tables(database, name).getFirst();
    }

    static List<CatalogTable> tables(Database database, String... names) {
        return new Catalog(of(database))
                .tables(id ->
                        id.schema().equals("public") && Arrays.asList(names).contains(id.table()));
    }

    static TableId id(String table) {
        return new TableId("public", table);
    }

    /** A row's values as text, with NULL and UNCHANGED spelt so, and text that is spelt so in quotes. */
    static List<String> texts(Row row) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < row.size(); i++) {
            boolean unclear = row.length(i) >= 0 && List.of("NULL", "UNCHANGED").contains(row.text(i));
            texts.add(unclear ? "'" + row.text(i) + "'" : row.text(i));
        }
        return texts;
    }
}
