package dev.leat.postgres;

import dev.leat.fixture.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table with a column of every type, and rows that hold their odd values. */
public final class EveryType {

    public static final String TABLE = "every \"Type\".🦆";
    public static final String QUOTED = "\"every \"\"Type\"\".🦆\"";

    /** A column: its type, and an SQL literal for each row. */
    record Sample(String type, String... values) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("smallint", "-32768", "32767"),
            new Sample("int", "-2147483648", "2147483647"),
            new Sample("bigint", "-9223372036854775808", "9223372036854775807"),
            new Sample("oid", "4294967295", "0"),
            new Sample("real", "3.3", "'NaN'", "'-Infinity'", "1e-45", "-0.0"),
            new Sample("double precision", "0.1", "'NaN'", "'Infinity'", "5e-324", "1.7976931348623157e308"),
            new Sample("numeric", "'NaN'", "0.00", "-1e-30", "'12345678901234567890.123456789'", "1e50"),
            new Sample("numeric(10,2)", "1.005", "'NaN'", "-99999999.99"),
            new Sample("money", "'1234.11'::numeric::money", "'-0.01'::numeric::money"),
            new Sample("boolean", "true", "false"),
            new Sample("char(5)", "'ab'", "''", "'日本'"),
            new Sample("varchar(40)", "E'tab\\tnewline\\nreturn\\rback\\\\slash'", "''", "'\\N'"),
            new Sample("text", "'\\.'", "E'\\b\\f\\v\\x01\\x7f'", "'🦆 é'", "repeat(E'\\\\\\t', 5000)", "'NULL'"),
            new Sample("citext", "'MiXed'", "''"),
            new Sample("name", "'Name'", "''"),
            new Sample("\"char\"", "'a'", "E'\\\\'"),
            new Sample("xml", "'<a b=\"1\">&lt;</a>'", "'text only'"),
            new Sample("uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"),
            new Sample("inet", "'10.1.2.3/8'", "'::1'"),
            new Sample("cidr", "'10.0.0.0/8'", "'2001:db8::/32'"),
            new Sample("macaddr", "'08:00:2b:01:02:03'"),
            new Sample("macaddr8", "'08:00:2b:01:02:03:04:05'"),
            new Sample("bytea", "'\\x00ff5c090a'", "'\\x'", "'\\x5c78'"),
            new Sample("bit(3)", "B'101'"),
            new Sample("varbit", "B''", "B'10110011101'"),
            new Sample("json", "'{\"b\": 1,  \"a\": [null, \"\\t\\\\\"]}'", "'null'"),
            new Sample("jsonb", "'{\"b\": 1,  \"a\": [null, \"\\t\\\\\"]}'", "'null'"),
            new Sample("date", "'2016-11-04'", "'infinity'", "'-infinity'", "'4713-01-01 BC'", "'21016-11-04'"),
            new Sample("time", "'24:00:00'", "'13:51:30.123456'"),
            new Sample("time(3)", "'13:51:30.1236'"),
            new Sample("timetz", "'13:51:30.5+02:00'", "'24:00:00-12:30'"),
            new Sample("timestamp", "'2016-11-04 13:51:30'", "'infinity'", "'0044-03-15 12:00 BC'", "'21016-11-04'"),
            new Sample("timestamp(3)", "'2016-11-04 13:51:30.123456'"),
            new Sample("timestamptz", "'2016-11-04 13:51:30.12+02'", "'-infinity'", "'0044-03-15 12:00 BC'"),
            new Sample("interval", "'1 year 2 mons 3 days 04:05:06.78'", "'-1 day +00:00:01'", "'0'"),
            new Sample("point", "'(1,-0.5)'"),
            new Sample("line", "'{1,2,3}'"),
            new Sample("lseg", "'[(0,0),(1,1)]'"),
            new Sample("box", "'(1,1),(0,0)'"),
            new Sample("path", "'((0,0),(1,1))'", "'[(0,0),(1,1)]'"),
            new Sample("polygon", "'((0,0),(1,1),(1,0))'"),
            new Sample("circle", "'<(0,0),1>'"),
            new Sample("int4range", "'[1,10)'", "'empty'", "'(,)'"),
            new Sample("numrange", "'(0.1,]'"),
            new Sample("tstzrange", "'[2016-11-04 13:51:30+02,infinity)'"),
            new Sample("daterange", "'[2016-11-04,)'"),
            new Sample("int[]", "'{1,NULL,-3}'", "'{}'", "'[0:1]={1,2}'", "'{{1,2},{3,4}}'"),
            new Sample("text[]", "ARRAY['a,b', 'NULL', NULL, '', 'q\"\\', E'\\t{}']", "'[2:3][-1:-1]={{a},{b}}'"),
            new Sample("numeric(10,2)[]", "'{1,NaN,NULL}'"),
            new Sample("timestamptz[]", "'{\"2016-11-04 13:51:30+02\",infinity}'"),
            new Sample("bytea[]", "ARRAY['\\x00'::bytea, '\\x5c'::bytea]"),
            new Sample("mood", "'fine'", "'so \"so\"'"),
            new Sample("mood[]", "ARRAY['fine','so \"so\"']::mood[]"),
            new Sample("price", "12.5", "NULL"),
            new Sample("dear", "1000.25"),
            new Sample("prices", "'{1,2.5}'"),
            new Sample("pair", "ROW(1, 'a,\"b\"\\')", "ROW(NULL, '')", "ROW(NULL, NULL)"),
            new Sample("pair[]", "ARRAY[ROW(1,'x y'), NULL]::pair[]"),
            new Sample("hstore", "'a=>1, \"b \\\"c\"=>NULL, d=>\"\"'", "''"),
            new Sample("tsvector", "'a:1A fat:2 cat''s:3'::tsvector", "''"),
            new Sample("tsquery", "'fat & (rat | !cat)'::tsquery"),
            new Sample("ltree", "'Top.Science'"),
            new Sample("regclass", "'pg_class'::regclass", "'public.other'::regclass"),
            new Sample("regtype", "'public.mood'::regtype"),
            new Sample("pg_lsn", "'16/B374D848'"),
            new Sample("int2vector", "'1 2 3'"));

    private EveryType() {}

    /** As a user's database may be set, so that nothing prints by luck. */
    public static void makeOdd(Database database) {
        for (var setting : List.of(
                "DateStyle = 'SQL, DMY'",
                "TimeZone = 'Asia/Tokyo'",
                "IntervalStyle = 'sql_standard'",
                "bytea_output = 'escape'",
                "extra_float_digits = 0",
                "xmloption = 'document'",
                "standard_conforming_strings = off",
                "search_path = nowhere",
                "statement_timeout = 1234")) {
            database.execute("ALTER DATABASE " + database.name() + " SET " + setting);
        }
    }

    public static void create(Database database) {
        database.execute(
                "CREATE EXTENSION citext",
                "CREATE EXTENSION hstore",
                "CREATE EXTENSION ltree",
                "CREATE TABLE other (id int)",
                "CREATE TYPE mood AS ENUM ('fine', 'so \"so\"')",
                "CREATE DOMAIN price AS numeric(10,2) CHECK (VALUE > 0)",
                "CREATE DOMAIN dear AS price CHECK (VALUE > 1000)",
                "CREATE DOMAIN prices AS numeric(8,3)[]",
                "CREATE TYPE pair AS (a int, \"B b\" text)",
                "CREATE TABLE " + QUOTED
                        + " (gone text, id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)",
                "ALTER TABLE " + QUOTED + " DROP COLUMN gone");
        for (int i = 0; i < SAMPLES.size(); i++) {
            database.execute("ALTER TABLE " + QUOTED + " ADD " + column(i) + " "
                    + SAMPLES.get(i).type());
        }
    }

    /** Inserts as many rows as the longest sample has values, and one of nulls. */
    public static int insert(Database database) {
        int rows = 1
                + SAMPLES.stream()
                        .mapToInt(sample -> sample.values().length)
                        .max()
                        .orElse(0);
        var statements = new ArrayList<String>();
        for (int row = 0; row < rows; row++) {
            int number = row;
            var values = SAMPLES.stream()
                    .map(sample -> number < sample.values().length ? sample.values()[number] : "NULL")
                    .toList();
            var columns = IntStream.range(0, SAMPLES.size())
                    .mapToObj(EveryType::column)
                    .toList();
            statements.add("INSERT INTO " + QUOTED + " (id, " + String.join(", ", columns) + ") VALUES (" + row + ", "
                    + String.join(", ", values) + ")");
        }
        database.execute(statements.toArray(String[]::new));
        return rows;
    }

    /** The type of each column after the key. */
    static List<String> types() {
        return SAMPLES.stream().map(Sample::type).toList();
    }

    private static String column(int index) {
        return "\"" + "cÖ.\"\"'" + index + "\"";
    }
}
