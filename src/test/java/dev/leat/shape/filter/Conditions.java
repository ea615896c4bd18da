package dev.leat.shape.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes up conditions that PostgreSQL takes and that no row makes fail; the same seed gives the same ones. */
final class Conditions {

    private static final List<String> WHOLE = List.of("i2", "i4", "i8", "di", "id", "\"Odd \"\"näme\"\"\"");
    private static final List<String> ORDERS = List.of("=", "<>", "!=", "<", "<=", ">", ">=");

    private final Random random;

    Conditions(long seed) {
        this.random = new Random(seed);
    }

    /** A condition, nested at most so deep. */
    String condition(int depth) {
        if (depth == 0) {
            return leaf();
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> condition(depth - 1) + one(" AND ", " and ") + condition(depth - 1);
            case 2, 3 -> condition(depth - 1) + " OR " + condition(depth - 1);
            case 4 -> one("NOT ", "not ") + condition(depth - 1);
            case 5 -> "(" + condition(depth - 1) + ")" + is() + one("TRUE", "FALSE", "UNKNOWN", "NULL", "true");
            case 6 -> "(" + condition(depth - 1) + one(") = (", ") <> (", ") < (") + condition(depth - 1) + ")";
            case 7 -> "(" + condition(depth - 1) + ")";
            default -> leaf();
        };
    }

    private String leaf() {
        return switch (random.nextInt(19)) {
            case 16, 17 -> own();
            case 18 -> exact() + " " + pick(ORDERS) + " " + exact() + is() + one("TRUE", "FALSE", "UNKNOWN", "NULL");
            case 0, 1, 2 -> compared(this::exact, this::exact);
            case 3, 4 -> compared(this::floating, this::floating);
            case 5, 6 ->
                compared(
                        this::text,
                        () -> random.nextBoolean()
                                ? text()
                                : literal(Samples.TEXTS) + one("", "", "::text", "::varchar"));
            case 7 -> text() + not() + one("LIKE ", "ILIKE ", "like ") + pattern();
            case 8 -> compared(this::date, this::date);
            case 9, 10 -> compared(this::moment, this::moment);
            case 11 -> compared(() -> "u", () -> literal(Samples.UUIDS));
            case 12 -> compared(() -> "by", () -> literal(Samples.BYTES));
            case 13 -> "e " + one("=", "<>") + " " + literal(Samples.MOODS);
            case 14 ->
                one(
                        "b",
                        "db",
                        "TRUE",
                        "false",
                        "NULL",
                        "b = db",
                        "b > 'no'",
                        "b IN (true, NULL)",
                        "db IS DISTINCT FROM b");
            default -> anything() + is() + "NULL";
        };
    }

    /** Two or more values of a sort, compared in one of the ways. */
    private String compared(Supplier<String> left, Supplier<String> right) {
        return switch (random.nextInt(6)) {
            case 0 -> left.get() + not() + "BETWEEN " + right.get() + " AND " + right.get();
            case 1 -> left.get() + not() + "IN (" + String.join(", ", some(right)) + ")";
            case 2 -> left.get() + is() + "DISTINCT FROM " + right.get();
            case 3 -> right.get() + " " + pick(ORDERS) + " " + left.get();
            default -> left.get() + " " + pick(ORDERS) + " " + right.get();
        };
    }

    /** A column and texts that its type reads. */
    private String own() {
        var samples = new Samples(12).samples();
        var sample = samples.get(random.nextInt(samples.size() - 1));
        Supplier<String> literal = () -> Samples.literal(
                sample.values().get(random.nextInt(sample.values().size())));
        var column = Samples.quote(sample.name());
        return sample.name().equals("e")
                ? column + not() + "IN (" + String.join(", ", some(literal)) + ")"
                : compared(() -> column, literal);
    }

    private List<String> some(Supplier<String> items) {
        var list = new ArrayList<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            list.add(random.nextInt(12) == 0 ? "NULL" : items.get());
        }
        return list;
    }

    /** A condition over whatever comes along; mostly it makes no sense. */
    String wild() {
        Supplier<String> any = this::any;
        return random.nextInt(6) == 0 ? any.get() + not() + one("LIKE ", "ILIKE ") + any.get() : compared(any, any);
    }

    private String any() {
        return switch (random.nextInt(10)) {
            case 0 -> exact();
            case 1 -> floating();
            case 2 -> text();
            case 3 -> date();
            case 4 -> moment();
            case 5, 6 ->
                literal(one(
                        Samples.WHOLE,
                        Samples.DECIMALS,
                        Samples.FLOATS,
                        Samples.TEXTS,
                        Samples.DATES,
                        Samples.MOMENTS,
                        Samples.BYTES,
                        Samples.MOODS));
            case 7 ->
                anything() + "::"
                        + one(
                                "int",
                                "bigint",
                                "numeric",
                                "float8",
                                "real",
                                "text",
                                "varchar",
                                "date",
                                "timestamp",
                                "timestamptz",
                                "bool",
                                "uuid");
            case 8 -> one("TRUE", "'t'", "NULL", "(i4 = 5)", "b", "db");
            // labels of an enum are known to the source alone
            default -> anything().replaceFirst("^e$", "e::text");
        };
    }

    private String exact() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> pick(WHOLE);
            case 2, 3 -> one("n", "n2");
            case 4 -> pick(WHOLE) + " % " + one("2", "10", "-3", "7", "3000000000");
            case 5 -> "i2::" + one("int", "bigint", "numeric", "smallint");
            case 6 -> "CAST(" + one("i4", "di") + " AS " + one("int8", "decimal", "integer") + ")";
            case 7 -> one("'NaN'::numeric", "2.5::int", "-7::bigint", "numeric '1.50'", "NULL", "- 5", "+5");
            default -> pick(Samples.all(Samples.WHOLE, Samples.LARGE, Samples.HUGE, Samples.DECIMALS, Samples.EXACT));
        };
    }

    private String floating() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> one("f4", "f8");
            case 3 -> pick(WHOLE);
            case 4 -> one("f4::float8", "i4::double precision", "i8::float8", "0.1::float4", "f8::float8");
            case 5 -> one("'NaN'::float8", "float8 '-Infinity'", "'0.1'::real", "NULL", "real '3.3'", "1e-30");
            default -> pick(Samples.all(Samples.WHOLE, Samples.LARGE, Samples.HUGE, Samples.DECIMALS));
        };
    }

    private String text() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> one("t", "v", "dt");
            case 2 -> "c5";
            case 3 ->
                one("t::text", "c5::text", "v::varchar", "CAST(dt AS character varying)", "e::varchar", "b::varchar");
            case 4 ->
                one(
                        "i4::text",
                        "b::text",
                        "d::text",
                        "ts::text",
                        "tz::text",
                        "u::text",
                        "n::text",
                        "f4::text",
                        "f8::text",
                        "e::text",
                        "by::text",
                        "db::text",
                        "di::text");
            default -> one("t", "v", "c5");
        };
    }

    private String pattern() {
        var text = pick(Samples.all(Samples.TEXTS)).replace("\\", "").replace("'", "''");
        int cut = text.isEmpty() || text.contains("'")
                ? 0
                : text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
        return switch (random.nextInt(5)) {
            case 0 -> "'" + text + "'";
            case 1 -> "'" + text.substring(0, cut) + "%'";
            case 2 -> "'%" + text.substring(cut) + one("", "%", "_", "%_") + "'";
            case 3 ->
                "'" + one("", "_", "%", "a!", "%\\\\%", "\\%", "\\_%").replace("!", "") + text.substring(0, cut)
                        + "_%'";
            default ->
                one(
                        "'a!%b' ESCAPE '!'",
                        "'a\\b' ESCAPE ''", "'%!_%' ESCAPE '!'", "'\\\\'", "'a🦆%b' ESCAPE '🦆'", "'A%' ESCAPE 'A'");
        };
    }

    private String date() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> "d";
            case 2 -> one("ts::date", "tz::date", "CAST(ts AS date)", "d::date");
            default -> "DATE " + literal(Samples.DATES);
        };
    }

    private String moment() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> "ts";
            case 2, 3 -> "tz";
            case 4 -> one("ts::timestamptz", "tz::timestamp", "CAST(tz AS timestamp without time zone)");
            case 5 -> "TIMESTAMP " + literal(Samples.MOMENTS);
            case 6 ->
                "timestamptz '2026-01-31 " + one("14:30:00.5+02", "12:30:00.5+00", "07:00:00.5-05:30", "12:30:00.5")
                        + "'";
            default -> "DATE '" + one("2026-01-31", "2000-01-01", "0044-03-15 BC", "infinity") + "'";
        };
    }

    private String anything() {
        return one("i2", "n", "f4", "f8", "b", "t", "c5", "d", "ts", "tz", "u", "by", "e", "j", "i4 % 3", "t::text");
    }

    private String not() {
        return random.nextInt(3) == 0 ? " NOT " : " ";
    }

    private String is() {
        return random.nextBoolean() ? " IS " : " IS NOT ";
    }

    private String literal(String[] texts) {
        return Samples.literal(pick(List.of(texts)));
    }

    private String[] one(String[]... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
