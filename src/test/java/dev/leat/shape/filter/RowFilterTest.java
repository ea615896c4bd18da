package dev.leat.shape.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter's text says, and what it must not say; the meaning itself is judged by PostgreSQL in the IT. */
class RowFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qty > 10 | (\"qty\" > '10'::pg_catalog.int4)",
                "QTY > 10.5 | (\"qty\"::pg_catalog.numeric > '10.5'::pg_catalog.numeric)",
                "\"Odd \"\"name\" = 'a\\b' | (\"Odd \"\"name\" COLLATE pg_catalog.\"C\" = E'a\\\\b'::pg_catalog.text COLLATE pg_catalog.\"C\")",
                "note < 'b' | (pg_catalog.convert_to(\"note\", 'UTF8') < pg_catalog.convert_to('b'::pg_catalog.text, 'UTF8'))",
                "NOT paid OR qty IS NULL | ((NOT \"paid\") OR (\"qty\" IS NULL))",
                "id % 10 = 3 | ((\"id\"::pg_catalog.int4 % '10'::pg_catalog.int4::pg_catalog.int4) = '3'::pg_catalog.int4)",
                "mood IN ('it''s', 'b') | (\"mood\" IN ('it''s'::public.mood, 'b'::public.mood))",
                "day >= '2026-1-31' IS TRUE | line 1, column 8: '2026-1-31' is not a value of type date",
                "at >= date '2026-01-31' | (\"at\" >= '2026-01-31 00:00:00.000000'::pg_catalog.timestamp)",
                "note LIKE 'a!%%' ESCAPE '!' | (\"note\" COLLATE pg_catalog.\"C\" LIKE E'a\\\\%%'::pg_catalog.text)"
            })
    void rendersEveryNameQuotedAndEveryLiteralTyped(String condition, String sql) {
        if (sql.startsWith("line")) {
            assertRefused(condition, sql);
        } else {
            assertThat(RowFilter.compile(condition, Tables.ORDERS).sql()).isEqualTo(sql);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "qtx > 1 | line 1, column 1: there is no column \"qtx\"",
                "qty > 1 AND qty < | line 1, column 18: a column or a literal should stand here, not the end",
                "qty > 'ten' | line 1, column 7: 'ten' is not a value of type integer",
                "qty > '2.5' | line 1, column 7: '2.5' is not a value of type integer",
                "note = 5 | line 1, column 6: note (text) cannot be compared with '5' (integer)",
                "qty | line 1, column 1: qty (integer) is not a condition",
                "'ja' | line 1, column 1: 'ja' is not a value of type boolean",
                "qty + 1 > 2 | line 1, column 5: arithmetic other than % is not available",
                "qty / 2 > 2 | line 1, column 5: arithmetic",
                "-qty > 2 | line 1, column 1: a sign may stand only before a number",
                "qty % 0 = 1 | line 1, column 5: % is available only for a whole number and a constant that is not 0",
                "qty % id = 1 | line 1, column 5: % is available only",
                "price = ratio | line 1, column 7: price (numeric) cannot be compared with ratio (double precision)",
                "ratio > 1e400 | line 1, column 9: '1",
                "price > 1e200000 | line 1, column 9: '1e200000' is not a value of type numeric",
                "day > at | line 1, column 5: day (date) cannot be compared with at (timestamp)",
                "day = 'today' | line 1, column 7: 'today' is not a value of type date",
                "day = '2026-02-30' | line 1, column 7: '2026-02-30' is not a value",
                "at < '2026-01-31 12:00+02' | line 1, column 6: '2026-01-31 12:00+02' is not a value of type timestamp",
                "note::int = 5 | line 1, column 5: note (text) cannot be cast to integer",
                "price::int = 5 | line 1, column 6: price (numeric) cannot be cast to integer",
                "note::varchar(3) = 'a' | line 1, column 14: types with a length or precision are not available",
                "note::regclass = 'a' | line 1, column 7: 'regclass' is not a type that a filter can cast to",
                "qty LIKE '1%' | line 1, column 5: qty (integer) is not a text column",
                "note LIKE 'a\\' | line 1, column 11: the pattern ends in its escape character",
                "note LIKE note | line 1, column 11: the pattern must be a text in quotes",
                "note LIKE 'a' ESCAPE 'ab' | line 1, column 22: ESCAPE takes one character",
                "note SIMILAR TO 'a' | line 1, column 6: SIMILAR is not available",
                "mood < 'fine' | line 1, column 6: mood (public.mood) has no order that Leat knows",
                "data = '{}' | line 1, column 1: data (jsonb): values of type jsonb cannot be compared",
                "pair IS NULL | line 1, column 1: pair (public.pair) is composite",
                "user = 'me' | line 1, column 1: 'user' is a reserved word",
                "orders.qty = 1 | line 1, column 1: a column stands without its table",
                "1 < qty < 3 | line 1, column 9: comparisons cannot follow one another",
                "qty == 1 | line 1, column 6: a column or a literal should stand here, not '='",
                "qty = 1 qty | line 1, column 9: an operator or the end should stand here, not 'qty'",
                "(qty = 1 | line 1, column 9: ')' should stand here, not the end",
                "qty IN () | line 1, column 9: a column or a literal should stand here",
                "qty IS 5 | line 1, column 8: [NOT] NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM should stand here",
                "qty = 1a | line 1, column 7: this is not a number",
                "qty = 1_000 | line 1, column 7: this is not a number",
                "qty = 0x1F | line 1, column 7: this is not a number",
                "note = 'a | line 1, column 8: the quoted text has no end",
                "(qty = 1) IN (TRUE) | line 1, column 11: a condition cannot stand before IN"
            })
    void saysWhatIsWrongAndWhere(String condition, String message) {
        assertRefused(condition, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qty = (SELECT 1)",
                "EXISTS (SELECT 1)",
                "qty IN (SELECT id FROM orders)",
                "pg_sleep(10) IS NULL",
                "qty = 1; DROP TABLE orders",
                "qty = 1 -- all",
                "qty = 1 /* all */",
                "note = U&'\\0061'",
                "U&\"\\0061\" = 1",
                "note = E'\\x27 OR 1=1'",
                "note = $$a$$",
                "note = 'a' || note",
                "qty = $1",
                "qty = ?",
                "qty = :qty",
                "note ~ '.*'",
                "qty = ALL (ARRAY[1])",
                "qty = ANY ('{1}')",
                "current_user = 'leat'",
                "CASE WHEN TRUE THEN TRUE END",
                "(qty, id) = (1, 2)",
                "qty OPERATOR(pg_catalog.=) 1",
                "note COLLATE \"x\" = 'a'",
                "data -> 'a' IS NULL",
                "note = 'a'::\"text\"",
                "'a'::public.mood = mood",
                "qty[1] = 1",
                "\u0000",
                "note = '\u0000'",
                "note = '\ud800'",
                "\udc00 = 1",
                "",
                "   "
            })
    void refusesWhateverIsNoPlainCondition(String condition) {
        assertThatThrownBy(() -> RowFilter.compile(condition, Tables.ORDERS))
                .isInstanceOfSatisfying(SyncException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(FailureKind.SETTINGS);
                    assertThat(refusal).hasMessageContaining("Table shop.orders: filter, line 1, column ");
                    assertThat(refusal.remedy()).isNotBlank();
                });
    }

    @Test
    void countsLinesAndCharactersAsPeopleDo() {
        assertRefused("note = '🦆'\n  AND '🦆' = qtx", "line 2, column 13: there is no column \"qtx\"");
        assertRefused("note = '🦆' AND qtx = 1", "line 1, column 16: there is no column \"qtx\"");
    }

    @Test
    void endsDepthAndLength() {
        assertThat(filter("(".repeat(48) + "qty = 1" + ")".repeat(48)).columns())
                .containsExactly(1);
        assertRefused("(".repeat(51) + "qty = 1" + ")".repeat(51), "nested more than 50 deep");
        assertRefused("NOT ".repeat(51) + "paid", "nested more than 50 deep");
        assertRefused("paid" + " IS NULL".repeat(51), "nested more than 50 deep");
        assertRefused("qty = 1" + " ".repeat(4090), "longer than 4096 characters");
        var many = IntStream.range(0, 600).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        assertThat(filter("qty IN (" + many + ")").passes(Tables.row("1", "599")))
                .isTrue();
        var chain = Stream.generate(() -> "qty = 1").limit(300).collect(Collectors.joining(" OR "));
        assertThat(filter(chain).passes(Tables.row("1", "1"))).isTrue();
    }

    /** Deciding an inner condition twice per level would take longer than the sun will shine. */
    @Test
    void decidesEveryPartOnce() {
        var nested = "(".repeat(45) + "paid" + " = paid) IS NOT DISTINCT FROM TRUE".repeat(45);
        assertThat(filter(nested).passes(Tables.row("1", "2", "3", "4", "5", "6", "t")))
                .isTrue();
    }

    @Test
    void knowsTheColumnsThatItReads() {
        assertThat(filter("note IS NULL AND (qty > id OR qty BETWEEN 1 AND 2)").columns())
                .isEqualTo(List.of(0, 1, 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qty > 10 | true",
                "qty > 10 AND ratio IS NULL | true",
                "qty > 10 AND ratio > 1 | false",
                "NOT ratio > 1 | false",
                "ratio > 1 OR qty = 11 | true",
                "price = 1.5 | true",
                "price IN (1, 1.5000) | true",
                "note LIKE 'é_%' | true",
                "code = 'ab' | true",
                "code LIKE 'ab' | false",
                "NOT paid | true",
                "day < '2000-01-01' | true"
            })
    void passesRowsForWhichTheConditionIsTrue(String condition, boolean passes) {
        var row = Tables.row("1", "11", "1.50", null, "é🦆", "ab   ", "f", "0044-03-15 BC");

        assertThat(filter(condition).passes(row)).isEqualTo(passes);
    }

    @Test
    void takesALargeValueFromTheOtherImage() {
        var filter = filter("note = 'large'");
        var after = Tables.row("1", "2", "3", "4", Tables.UNCHANGED);

        assertThat(filter.passes(after, Tables.row("1", "2", "3", "4", "large")))
                .isTrue();
        assertThat(filter.passes(after, Tables.row("1", "2", "3", "4", "small")))
                .isFalse();
        assertThat(filter("note IS NOT NULL").passes(after)).isTrue();
        assertThatThrownBy(() -> filter.passes(after))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.remedy()).contains("REPLICA IDENTITY FULL"))
                .hasMessageContaining("column 'note'");
    }

    @Test
    void aValueOfAnotherFormIsATypedFailureWithoutTheValue() {
        assertThatThrownBy(() -> filter("qty > 1").passes(Tables.row("1", "secret")))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL))
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> filter("at > '2026-01-31'")
                        .passes(Tables.row("1", "2", "3", "4", "5", "6", "t", null, "2026-01")))
                .isInstanceOf(SyncException.class);
    }

    @Test
    void nothingButATypedRefusalComesOfNoise() {
        var random = new Random(7);
        var pieces = List.of(
                "qty",
                "note",
                "price",
                "AND",
                "OR",
                "NOT",
                "IN",
                "(",
                ")",
                ",",
                "=",
                "<",
                ">=",
                "'a'",
                "'",
                "1",
                ".5",
                "-",
                "%",
                "::",
                "int",
                "date",
                "LIKE",
                "BETWEEN",
                "IS",
                "NULL",
                "\"",
                "ESCAPE",
                "CAST",
                "AS",
                "TRUE",
                "é",
                "\ud800",
                "\u0000",
                "timestamp",
                "with",
                "time",
                "zone",
                "DISTINCT",
                "FROM",
                "$",
                "E'",
                "\\",
                "\n",
                "1e",
                "'%'");
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = random.ints(1 + random.nextInt(12), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
            try {
                RowFilter.compile(text, Tables.ORDERS);
                taken++;
            } catch (SyncException e) {
                assertThat(e.kind()).isEqualTo(FailureKind.SETTINGS);
            }
        }
        for (int i = 0; i < 5_000; i++) {
            var text = random.ints(random.nextInt(40), 0, i % 2 == 0 ? 128 : 0x10000)
                    .mapToObj(c -> String.valueOf((char) c))
                    .collect(Collectors.joining());
            assertThatThrownBy(() -> RowFilter.compile(text, Tables.ORDERS)).isInstanceOf(SyncException.class);
        }
        assertThat(taken).isPositive();
    }

    private static RowFilter filter(String condition) {
        return RowFilter.compile(condition, Tables.ORDERS);
    }

    private static void assertRefused(String condition, String message) {
        assertThatThrownBy(() -> filter(condition))
                .isInstanceOfSatisfying(SyncException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(FailureKind.SETTINGS);
                    assertThat(refusal.remedy()).isNotBlank();
                })
                .hasMessageContaining(message);
    }
}
