package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.leat.precheck.EtlSample.Outcome;
import dev.leat.precheck.EtlSample.SampledRow;
import dev.leat.settings.EtlStep;
import dev.leat.settings.TableEtl;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** PostgreSQL works the same expressions out over the same rows, and must print the same. */
class EtlOracleIT {

    private static final int ROWS = 150;

    /** Our expression, and the same in SQL. */
    private static final Map<String, String> EXPRESSIONS = expressions();

    private static Map<String, String> expressions() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("a + b", "a + b");
        map.put("a - b", "a - b");
        map.put("a * b", "a * b");
        map.put("a / b", "a / nullif(b, 0)");
        map.put("a % b", "a % nullif(b, 0)");
        map.put("a / i", "a / nullif(i, 0)");
        map.put("abs(a)", "abs(a)");
        map.put("-b", "-b");
        map.put("round(a, 2)", "round(a, 2)");
        map.put("round(a, -2)", "round(a, -2)");
        map.put("round(b)", "round(b)");
        map.put("greatest(a, i)", "CASE WHEN a IS NOT NULL AND i IS NOT NULL THEN greatest(a, i) END");
        map.put("i * 3 - 7 / 2", "i * 3 - 7 / 2");
        map.put("i % 7", "i % 7");
        map.put("i / 7", "i / 7");
        map.put("f", "f");
        map.put("f * 3.0", "f * 3");
        map.put("f / 7.0", "f / 7");
        // a real counts as the number that it prints as
        map.put("double(g)", "g::text::float8");
        map.put("string(f)", "f::text");
        map.put("a < b", "a < b");
        map.put("a == b", "a = b");
        map.put("a >= 0 && i < 0 || isNull(f)", "a >= 0 AND i < 0 OR f IS NULL");
        map.put("!(a > 0) && f > 0.0", "NOT (a > 0) AND f > 0");
        map.put("f < 0.0", "f < 0");
        map.put("i in [1, 2, nullIf(i, i)]", "i IN (1, 2, nullif(i, i))");
        map.put("coalesce(i, 5)", "coalesce(i, 5)");
        map.put("i > 0 ? 'p' : 'n'", "CASE WHEN i > 0 THEN 'p' ELSE 'n' END");
        map.put("t + 'ü'", "t || 'ü'");
        map.put("size(t)", "length(t)");
        map.put("substring(t, 1, 3)", "substr(t, 2, 2)");
        map.put("splitPart(t, ' ', 2)", "split_part(t, ' ', 2)");
        map.put("indexOf(t, 'b')", "position('b' in t) - 1");
        map.put("replace(t, 'a', '<>')", "replace(t, 'a', '<>')");
        map.put("hash(t, 'SHA-256')", "encode(sha256(convert_to(t, 'UTF8')), 'hex')");
        map.put("hash(t, 'MD5', 'x')", "md5('x' || t)");
        map.put("t == 'ab'", "t = 'ab'");
        map.put("c == 'ab'", "c = 'ab'");
        map.put("c + '!'", "c || '!'");
        map.put("size(c)", "length(c)");
        map.put("hash(c, 'MD5')", "md5(c)");
        map.put("concat(c, i)", "CASE WHEN c IS NOT NULL AND i IS NOT NULL THEN c || i::text END");
        map.put("at", "at");
        map.put("at + duration('1d2h3m4.5s')", "at + interval '26:03:04.5'");
        map.put("addMonths(at, 13)", "at + interval '13 months'");
        map.put("string(at)", "at::text");
        map.put("date(at)", "at::date");
        map.put("year(at)", "extract(year from at)::int");
        map.put("dayOfWeek(at)", "extract(isodow from at)::int");
        map.put("dayOfYear(at)", "extract(doy from at)::int");
        map.put("hour(at, 'Asia/Shanghai')", "extract(hour from at at time zone 'Asia/Shanghai')::int");
        map.put("unixSeconds(at)", "floor(extract(epoch from at))::bigint");
        map.put("at < timestamp('2000-01-01')", "at < '2000-01-01 00:00:00+00'");
        map.put("timestamp(string(ts)) == ts", "CASE WHEN ts IS NOT NULL THEN true END");
        return map;
    }

    @Test
    void agreesWithPostgresql() {
        try (var bench = new Workbench(18).asSuperuser()) {
            fill(bench, new Random(7));
            List<EtlStep> steps = new ArrayList<>();
            List<String> selected = new ArrayList<>();
            EXPRESSIONS.forEach((ours, sql) -> {
                String name = "x" + selected.size();
                steps.add(new EtlStep.Set(name, guarded(ours)));
                selected.add("(" + sql + ")::text AS " + name);
            });
            // what keeps its declared type goes through it
            steps.add(new EtlStep.Set("g", "g"));
            steps.add(new EtlStep.Set("p", "p / 3"));
            steps.add(new EtlStep.Set("ts", "ts + duration('1s')"));
            steps.add(new EtlStep.Set("c2", "reverse(c)"));
            steps.add(new EtlStep.Mask("c3", 1, 1, null, null, null));
            steps.add(new EtlStep.Mask("c", null, null, null, "SHA-256", "salt"));
            steps.add(new EtlStep.Mask("by", null, null, null, "MD5", null));
            selected.add("rpad(reverse(c), 6) AS c2");
            selected.add("rpad(CASE WHEN length(c3) < 3 THEN repeat('*', length(c3))"
                    + " ELSE left(c3, 1) || repeat('*', length(c3) - 2) || right(c3, 1) END, 6) AS c3");
            selected.add("encode(sha256(convert_to('salt' || c, 'UTF8')), 'hex') AS c");
            selected.add("md5(by) AS by");
            selected.add("g::text AS g");
            selected.add("(p / 3)::numeric(12, 3)::text AS p");
            selected.add("(ts + interval '1 s')::timestamp(3)::text AS ts");
            var sample = new EtlDryRun(bench.endpoint(), "leat-test", Clock.systemUTC())
                    .run(new TableEtl("public", "n", steps, null), "etl[0]", ROWS);

            assertThat(sample.rows()).hasSize(ROWS);
            Map<String, Map<String, Object>> expected = new LinkedHashMap<>();
            bench.database()
                    .query("SELECT id::text AS id, " + String.join(", ", selected) + " FROM n")
                    .forEach(row -> expected.put(String.valueOf(row.get("id")), row));
            assertThat(sample.rows())
                    .allSatisfy(row ->
                            assertThat(row.outcome()).as("%s", row.error()).isEqualTo(Outcome.KEPT));
            assertSoftly(softly -> sample.rows()
                    .forEach(row ->
                            compare(softly, row, expected.get(row.before().get("id")))));
        }
    }

    /** A quotient by zero fails the row; in SQL it is avoided in the same way. */
    private static String guarded(String expression) {
        return expression.endsWith("/ b") || expression.endsWith("% b")
                ? expression.substring(0, 4) + "nullIf(b, decimal(0))"
                : expression.equals("a / i") ? "a / nullIf(i, 0)" : expression;
    }

    private static void compare(SoftAssertions softly, SampledRow row, Map<String, Object> theirs) {
        List<String> expressions = List.copyOf(EXPRESSIONS.keySet());
        theirs.forEach((name, value) -> softly.assertThat(sql(row.after().get(name)))
                .as(
                        "%s of %s",
                        name.startsWith("x") ? expressions.get(Integer.parseInt(name.substring(1))) : name,
                        row.before())
                .matches(
                        ours -> name.equals("g") ? sameFloat(ours, value) : Objects.equals(ours, value),
                        "is " + value));
    }

    /** Of two texts that are equally short and mean the same float, PostgreSQL may print the other one. */
    private static boolean sameFloat(String ours, Object theirs) {
        return ours == null || theirs == null
                ? ours == theirs
                : Float.parseFloat(ours) == Float.parseFloat(theirs.toString());
    }

    /** A boolean column prints t, its cast to text prints true. */
    private static String sql(String value) {
        return "t".equals(value) ? "true" : "f".equals(value) ? "false" : value;
    }

    private static void fill(Workbench bench, Random random) {
        bench.database().execute("CREATE DOMAIN padded AS char(6)", """
                CREATE TABLE n (id int PRIMARY KEY, a numeric, b numeric, i bigint, f float8, g float4, p numeric(12, 3),
                  t text, at timestamptz, ts timestamp(3), c char(6), c2 padded, c3 char(6), by bytea)""", "SET TimeZone = 'UTC'");
        var rows = new ArrayList<String>();
        for (int id = 0; id < ROWS; id++) {
            String padded = maybe(random, text(random).replaceAll("(?s)^'(.{0,3}).*'$", "'$1'"));
            rows.add("(" + id + ", " + decimal(random) + ", " + decimal(random) + ", " + maybe(random, integer(random))
                    + ", " + maybe(random, floating(random)) + ", " + maybe(random, single(random)) + ", "
                    + maybe(
                            random,
                            new BigDecimal(random.nextInt()).movePointLeft(3).toPlainString()) + ", "
                    + maybe(random, text(random)) + ", " + maybe(random, time(random)) + ", "
                    + maybe(random, time(random))
                    + ", " + padded + ", " + padded + ", " + padded + ", decode(md5('" + id + "'), 'hex'))");
        }
        bench.database().execute("INSERT INTO n VALUES " + String.join(", ", rows));
    }

    private static String maybe(Random random, String value) {
        return random.nextInt(8) == 0 ? "NULL" : value;
    }

    private static String decimal(Random random) {
        var digits = new BigInteger(random.nextInt(1, 120), random);
        var value = new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(25));
        return maybe(random, random.nextInt(20) == 0 ? "0" : value.toPlainString());
    }

    private static String integer(Random random) {
        return String.valueOf(random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt());
    }

    private static String floating(Random random) {
        double value =
                random.nextBoolean() ? random.nextGaussian() : Math.pow(10, random.nextInt(-40, 40)) * random.nextInt();
        return "'" + (random.nextInt(20) == 0 ? "Infinity" : Double.toString(value)) + "'";
    }

    private static String single(Random random) {
        return "'" + (float) (Math.pow(10, random.nextInt(-12, 12)) * random.nextGaussian()) + "'";
    }

    private static String text(Random random) {
        var text = new StringBuilder("'");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(List.of("a", "b", "ü", "😀", " ", "\\", "\t").get(random.nextInt(7)));
        }
        return text.append("'").toString();
    }

    private static String time(Random random) {
        return switch (random.nextInt(12)) {
            case 1 -> "'0044-03-15 12:00:00 BC'";
            case 2 -> "'12024-02-29 01:02:03.5'";
            default -> "to_timestamp(" + random.nextLong(-5_000_000_000_000L, 9_000_000_000_000L) / 1000.0 + ")";
        };
    }
}
