package dev.leat.shape.filter;

import dev.leat.fixture.Database;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A table with a column of every type that filters know, and rows that hold their odd values. */
final class Samples {

    /** A column: its name, its type in SQL, and values as texts that the type reads. */
    record Sample(String name, String type, List<String> values) {}

    static final String[] WHOLE = {"0", "1", "-1", "2", "7", "10", "-10", "100", "32767", "-32768"};
    static final String[] LARGE = {"2147483647", "-2147483648", "70000", "16777217", "-16777217"};
    static final String[] HUGE = {
        "9223372036854775807", "-9223372036854775808", "9007199254740993", "9007199254740992", "3000000000"
    };
    static final String[] DECIMALS = {
        "0.1", "0.10", "-0.1", "0.5", "1.5", "2.50", "7.0", "1e3", "-12.25", "99999999.99", "0.30000000000000004", ".5"
    };
    static final String[] EXACT = {
        "123456789012345678901234567890.123456789",
        "-123456789012345678901234567890.123456789",
        "1e-30",
        "-1e-30",
        "1e40"
    };
    static final String[] FLOATS = {
        "NaN", "Infinity", "-Infinity", "-0", "1e-30", "16777216", "0.30000000000000004", "3.3", "1e20", "-1e20"
    };
    static final String[] TEXTS = {
        "",
        "a",
        "A",
        "ab",
        "abc",
        "AB",
        "a%b",
        "a_b",
        "a\\b",
        "\\",
        "b ",
        " b",
        "b",
        "é",
        "É",
        "éa",
        "日本",
        "🦆",
        "a🦆b",
        "'",
        "\"",
        "tab\there",
        "line\nbreak",
        "zz",
        "Z",
        "abab",
        "null",
        "~"
    };
    static final String[] SHORT = {"", "a", "A", "ab", "abc  ", "b", "é", "日本", "a%b", "zz", "a\\"};
    static final String[] DATES = {
        "2000-01-01",
        "2026-01-31",
        "1999-12-31",
        "2024-02-29",
        "0044-03-15 BC",
        "0001-01-01",
        "0001-12-31 BC",
        "infinity",
        "-infinity",
        "5874897-12-31",
        "4713-01-01 BC",
        "1970-01-01",
        "9999-12-31",
        "10000-01-01"
    };
    static final String[] MOMENTS = {
        "2000-01-01 00:00:00",
        "2026-01-31 12:30:00.5",
        "2026-01-31 12:30:00.000001",
        "1999-12-31 23:59:59.999999",
        "0044-03-15 12:00:00 BC",
        "infinity",
        "-infinity",
        "294276-12-31 23:59:59.999999",
        "4713-01-01 00:00:00 BC",
        "2024-02-29 00:00:00",
        "1969-12-31 23:59:59.9",
        "2026-01-31 00:00:00"
    };
    static final String[] UUIDS = {
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12"
    };
    static final String[] BYTES = {"\\x", "\\x00", "\\x00ff", "\\xff", "\\x5c27", "\\xDEADBEEF"};
    static final String[] MOODS = {"fine", "so \"so\"", "it's", "Fine"};

    private static final String TABLE = "\"Filter ed\"";
    private static final int ROWS = 60;

    private final int major;
    private final String collated;

    Samples(int major) {
        this(major, "");
    }

    /** Samples whose texts have a collation of their own, such as {@code COLLATE x}. */
    Samples(int major, String collated) {
        this.major = major;
        this.collated = " " + collated;
    }

    List<Sample> samples() {
        var numbers = all(WHOLE, LARGE, HUGE, DECIMALS, EXACT, new String[] {"NaN"});
        if (major >= 14) {
            numbers.addAll(List.of("Infinity", "-Infinity"));
        }
        return List.of(
                new Sample("i2", "int2", all(WHOLE)),
                new Sample("i4", "int4", all(WHOLE, LARGE)),
                new Sample("i8", "int8", all(WHOLE, LARGE, HUGE)),
                new Sample("di", "whole", all(WHOLE, LARGE)),
                new Sample("n", "numeric", numbers),
                new Sample("n2", "numeric(30,2)", all(WHOLE, LARGE, DECIMALS, new String[] {"NaN"})),
                new Sample("f4", "float4", all(WHOLE, DECIMALS, FLOATS)),
                new Sample("f8", "float8", all(WHOLE, LARGE, HUGE, DECIMALS, FLOATS)),
                new Sample("b", "bool", List.of("true", "false")),
                new Sample("db", "flag", List.of("true", "false")),
                new Sample("t", "text" + collated, all(TEXTS)),
                new Sample("v", "varchar(20)" + collated, all(TEXTS)),
                new Sample("dt", "words", all(TEXTS)),
                new Sample("c5", "char(5)" + collated, all(SHORT)),
                new Sample("d", "date", all(DATES)),
                new Sample("ts", "timestamp", all(MOMENTS)),
                new Sample("tz", "timestamptz", all(MOMENTS)),
                new Sample("u", "uuid", all(UUIDS)),
                new Sample("by", "bytea", all(BYTES)),
                new Sample("e", "public.\"Mo od\"", all(MOODS)),
                new Sample("Odd \"näme\"", "int4", all(WHOLE)),
                new Sample("j", "json", List.of("{}", "null")));
    }

    static List<String> all(String[]... lists) {
        var all = new ArrayList<String>();
        for (var list : lists) {
            all.addAll(Arrays.asList(list));
        }
        return all;
    }

    /** Makes the table and fills it; every seed gives other rows. */
    String create(Database database, long seed) {
        database.execute(
                "CREATE TYPE \"Mo od\" AS ENUM ('fine', 'so \"so\"', 'it''s', 'Fine')",
                "CREATE DOMAIN whole AS int4",
                "CREATE DOMAIN flag AS bool",
                "CREATE DOMAIN words AS varchar(20)",
                "CREATE TABLE " + TABLE + " (id int PRIMARY KEY)");
        for (var sample : samples()) {
            database.execute("ALTER TABLE " + TABLE + " ADD " + quote(sample.name()) + " " + sample.type());
        }
        var random = new Random(seed);
        var rows = new ArrayList<String>();
        for (int id = 0; id < ROWS; id++) {
            var values = new StringBuilder("(" + id);
            for (var sample : samples()) {
                values.append(", ").append(value(sample, random));
            }
            rows.add(values.append(')').toString());
        }
        database.execute("SET TimeZone = 'UTC'; INSERT INTO " + TABLE + " VALUES " + String.join(",\n", rows));
        return TABLE;
    }

    private static String value(Sample sample, Random random) {
        return random.nextInt(8) == 0
                ? "NULL"
                : literal(sample.values().get(random.nextInt(sample.values().size())));
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text in quotes. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
