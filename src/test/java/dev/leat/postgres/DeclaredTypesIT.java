package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A type is declared as the server itself prints it with its modifier. */
class DeclaredTypesIT {

    private static final List<String> TYPES = List.of(
            "bigint",
            "char",
            "char(7)",
            "varchar",
            "varchar(9)",
            "text",
            "numeric",
            "numeric(7)",
            "numeric(9,4)",
            "bit(3)",
            "varbit",
            "varbit(5)",
            "time",
            "time(2)",
            "timetz(0)",
            "timestamp(3)",
            "timestamptz",
            "timestamptz(6)",
            "numeric(5,1)[]",
            "varchar(4)[][]",
            "money",
            "jsonb",
            "int4range",
            "\"Odd.name\".\"Mood\"",
            "\"char\"",
            "bpchar",
            "interval",
            "interval(3)",
            "interval year",
            "interval year to month",
            "interval day to hour",
            "interval hour to minute",
            "interval day to second(2)",
            "interval second",
            "interval minute to second(0)[]");

    @ParameterizedTest
    @ValueSource(ints = {12, 18})
    void agreesWithTheServer(int major) {
        Database database = Servers.postgres(major).newDatabase();
        try {
            database.execute("CREATE SCHEMA \"Odd.name\"", "CREATE TYPE \"Odd.name\".\"Mood\" AS ENUM ('a')");
            StringBuilder columns = new StringBuilder("id int");
            for (int i = 0; i < TYPES.size(); i++) {
                columns.append(", c").append(i).append(' ').append(TYPES.get(i));
            }
            database.execute("CREATE TABLE public.every (" + columns + ")");
            Map<String, String> declared = new TreeMap<>();
            Sources.table(database, "every")
                    .table()
                    .columns()
                    .forEach(column -> declared.put(column.name(), column.type().declared()));
            Map<String, String> printed = new TreeMap<>();
            database.query("SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute"
                            + " WHERE attrelid = 'every'::regclass AND attnum > 0")
                    .forEach(row -> printed.put((String) row.get("attname"), (String) row.get("type")));
            assertThat(declared).hasSize(TYPES.size() + 1).isEqualTo(printed);
        } finally {
            database.drop();
        }
    }
}
