package dev.leat.shape.etl;

import static dev.leat.shape.etl.Rows.UNCHANGED;
import static dev.leat.shape.etl.Rows.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.EtlStep;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions make of the values of a row. */
class ExpressionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            qty * 2 + 1                                   | 25
            qty / 5                                       | 2
            -qty % 5                                      | -2
            qty * price                                   | 30.00
            double(qty) * price                           | 30.00
            price * 1.2                                   | 3.000
            price / 3                                     | 0.83333333333333333333
            price + decimal('0.001')                      | 2.501
            f * 2                                         | 3
            f / 3.0                                       | 0.5
            1e20                                          | 1e+20
            0.00001                                       | 1e-05
            round(price * 1.015, 1)                       | 2.5
            round(f)                                      | 2
            abs(-qty)                                     | 12
            greatest(qty, price)                          | 12
            least(f, qty)                                 | 1.5
            int(price)                                    | 2
            decimal(f) == price - 1                       | t
            price == 2.5                                  | t
            price in [1, 2.5]                             | t
            qty in [1, 2]                                 | f
            qty >= 12 && price < 3                        | t
            type + '-' + string(qty)                      | north-12
            concat(qty, '/', price, '/', ok, '/', f)      | 12/2.50/true/1.5
            string(at)                                    | 2024-01-31 23:30:00.25+00
            raw == bytes('\\\\x00FF')                     | t
            size(raw)                                     | 2
            ok ? 'yes' : 'no'                             | yes
            !ok                                           | f
            `odd name` + `odd name`.upper()               | oddODD
            `in` + 1                                      | 6
            "`odd name`" + type                           | `odd name`north
            doc                                           | {"a": 1}
            """)
    void arithmeticAndTexts(String expression, String result) {
        assertThat(value(expression)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            upper(name)                        | GRÜSSE 😀
            name.lower()                       | grüße 😀
            size(name)                         | 7
            substring(name, 1, 3)              | rü
            name.substring(6)                  | 😀
            name.substring(5, 99)              | ^ 😀^
            trim('  a ')                       | a
            replace(code, '0', 'o')            | 138oooo1234
            reverse('ab😀')                    | 😀ba
            code.contains('800') && code.startsWith('13') && code.endsWith('34') | t
            splitPart('a,b,c', ',', 2)         | b
            splitPart('a,b,c', ',', 9)         | ^^
            indexOf(name, '😀')                | 6
            count(code, '0')                   | 4
            padLeft(type, 8, 'xy')             | xyxnorth
            matches(type, '^n.*h$')            | t
            replaceAll(code, '(\\\\d{3})\\\\d+', '$1…') | 138…
            hash(type, 'SHA-1')                | 3099447db4c86031e3abed926b0de38cf1ec852b
            hash(type, 'MD5', 's')             | a0fc5a90c2bbe3ad3d2e0273385e3146
            mask(code, 3, 4, '*')              | 138****1234
            mask(name, 1, 0, '●')              | G●●●●●●
            """)
    void functionsOnTexts(String expression, String result) {
        assertThat(value(expression)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            at + duration('1h')                                | 2024-02-01 00:30:00.25+00
            at - duration('1d') * 2                            | 2024-01-29 23:30:00.25+00
            seconds(at - timestamp('2024-01-31'))              | 84600.25
            addMonths(at, 1)                                   | 2024-02-29 23:30:00.25+00
            timestamp(day) < at                                | t
            day < '2024-06-01'                                 | t
            year(at) * 10000 + month(at) * 100 + day(at)       | 20240131
            at.hour('Asia/Shanghai')                           | 7
            dayOfWeek(at)                                      | 3
            dayOfYear(at)                                      | 31
            format(at, 'dd.MM.yyyy HH:mm')                     | 31.01.2024 23:30
            at.format('yyyy-MM-dd HH:mm', 'Europe/Berlin')     | 2024-02-01 00:30
            parseTime('31.01.2024', 'dd.MM.yyyy')              | 2024-01-31 00:00:00+00
            parseTime('2024-07-01 12:00', 'yyyy-MM-dd HH:mm', 'Europe/Berlin') | 2024-07-01 10:00:00+00
            date(at)                                           | 2024-01-31
            unixSeconds(at)                                    | 1706743800
            unixMillis(at)                                     | 1706743800250
            fromUnixMillis(1706743800250) == at                | t
            fromUnixSeconds(0)                                 | 1970-01-01 00:00:00+00
            timestamp('0044-03-15 12:00:00 BC')                | 0044-03-15 12:00:00+00 BC
            timestamp('infinity') > at                         | t
            timestamp('infinity') + duration('1s')             | infinity
            meta.committedAt                                   | 2024-02-03 04:05:06.5+00
            """)
    void functionsOnTimes(String expression, String result) {
        assertThat(value(expression)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            concat(meta.operation, ' ', meta.database, '.', meta.schema, '.', meta.table) | INSERT shop.sales.orders
            meta.lsn + ' ' + meta.commitLsn                                               | 16/B374D800 16/B374D848
            meta.transactionId                                                            | 742
            """)
    void whatIsKnownOfTheChange(String expression, String result) {
        assertThat(value(expression)).isEqualTo(result);
    }

    /** As in SQL: an operation on null gives null, AND and OR know where it does not matter. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "NULL", textBlock = """
            qty * 2                       | NULL
            qty > 1                       | NULL
            qty == qty                    | NULL
            qty > 1 && ok                 | NULL
            qty > 1 && !ok                | f
            qty > 1 || ok                 | t
            !(qty > 1)                    | NULL
            qty in [1, 2]                 | NULL
            5 in [1, nullIf(5, 5)]        | NULL
            5 in [5, nullIf(5, 5)]        | t
            qty > 1 ? 'a' : 'b'           | b
            ok ? 'a' : null               | a
            ok ? null : 'a'               | NULL
            ok ? 5 : null                 | 5
            ok ? null : 5                 | NULL
            (ok ? small : null) + 1       | 4
            ok ? f : null                 | 1.5
            ok ? null : f                 | NULL
            ok ? price : null             | 2.50
            ok ? null : price             | NULL
            ok ? at : null                | 2024-01-31 23:30:00.25+00
            isNull(qty)                   | t
            isNull(qty + 1)               | t
            isNull(ok)                    | f
            coalesce(qty, 7) + 1          | 8
            coalesce(price, 0)            | 2.50
            coalesce(qty, price)          | 2.50
            coalesce(upper(type), 'none') | NORTH
            nullIf(type, 'north')         | NULL
            nullIf(type, 'south')         | north
            concat('a', qty)              | NULL
            isKnown(qty)                  | t
            """)
    void nullIsThatOfSql(String expression, String result) {
        assertThat(value(expression, "qty", null)).isEqualTo(result);
    }

    /** What the log does not hold is not made up. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            upper(name)                          | ?
            isNull(name)                         | ?
            coalesce(name, 'x')                  | ?
            name == 'x' && ok                    | ?
            name == 'x' && !ok                   | f
            isKnown(name)                        | f
            isKnown(name) ? upper(name) : 'gone' | gone
            concat(name, nullIf(1, 1))           | ?
            """)
    void whatIsUnavailableStaysSo(String expression, String result) {
        assertThat(value(expression, "name", UNCHANGED)).isEqualTo(result.equals("?") ? UNCHANGED : result);
    }

    @Test
    void specialNumbersGoOn() {
        assertThat(value("price * 2", "price", "NaN")).isEqualTo("NaN");
        assertThat(value("price > 5", "price", "NaN")).isEqualTo("t");
        assertThat(value("f + 1.0", "f", "-Infinity")).isEqualTo("-Infinity");
        assertThat(value("f == f", "f", "NaN")).isEqualTo("t");
        assertThat(value("qty / price", "price", "Infinity")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            qty *                        | line 1, column 6: mismatched input the end.
            qty = 1                      | line 1, column 5: expressions have no =, but == != && || and !.
            qty == 1 AND ok              | line 1, column 10: expressions have no AND, but == != && || and !.
            qty == 1 or ok               | line 1, column 10: expressions have no or, but == != && || and !.
            9223372036854775808          | line 1, column 1: the number 9223372036854775808 is out of the range of int
            qty * nme                    | line 1, column 7: there is no column and no function 'nme'.
            qty + name                   | line 1, column 5: the operator + does not take (int, string).
            name == null                 | line 1, column 6: the operator == does not take (string, null). To ask
            upper(qty)                   | line 1, column 6: the function upper does not take (int).
            price == null                | line 1, column 7: the operator == does not take (decimal, null). To ask
            name.foo()                   | line 1, column 9: there is no column and no function 'foo'.
            `odd name` * 2               | line 1, column 12: the operator * does not take (string, int).
            `gone` == 'a'                | line 1, column 1: there is no column and no function 'gone'.
            `odd                         | line 1, column 1: a backquote opens a column name and is not closed.
            matches(name, '[')           | line 1, column 8: the pattern is not a regular expression
            hash(name, 'CRC')            | line 1, column 5: a digest is one of
            timestamp('soon')            | line 1, column 10: the text is not a timestamp.
            format(at, 'Q{')             | line 1, column 7: the pattern is not one of dates and times
            at.hour('Mars/Olympus')      | line 1, column 8: there is no such time zone.
            1 / 0                        | line 1, column 3: division by zero.
            [1, 2]                       | a column cannot hold a list
            price in [1, 'a']            | line 1, column 14: a decimal is never a string.
            qty in qty                   | line 1, column 5: the operator in does not take (int, int).
            {'a': 1}                     | a column cannot hold a map
            at - at                      | a column cannot hold a duration
            null                         | a new column needs a value with a type
            [1].exists(x, x == qty)      | line 1, column 11: there is no column and no function 'exists'.
            """)
    void refusesBeforeTheStart(String expression, String message) {
        assertThatThrownBy(() -> value(expression)).isInstanceOfSatisfying(SyncException.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.SETTINGS);
            assertThat(e.getMessage())
                    .startsWith("Table sales.orders, etl[0].steps[0].to, column result")
                    .contains(message);
            assertThat(e.remedy()).isNotBlank();
        });
    }

    @Test
    void tellsTheLineOfAnErrorToo() {
        assertThatThrownBy(() -> value("qty > 1\n  ? 'a'\n  : 5"))
                .hasMessageContaining("line 2, column 3: the operator ? : does not take (bool, string, int).");
        assertThatThrownBy(() -> value("qty +\n oops"))
                .hasMessageContaining("line 2, column 2")
                .isInstanceOfSatisfying(
                        SyncException.class,
                        e -> assertThat(e.remedy())
                                .contains("Columns here: id, small, qty")
                                .contains("`odd name`, `in`"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            1 + qty / (qty - 12)     | column 9: division by zero.
            price / (price - 2.5)    | column 7: division by zero.
            id * 9223372036854775807 + id | column 26: the result is out of the range of int.
            int(type)                | column 4: the text is not a whole number in the range of int.
            parseTime(type, 'yyyy')  | column 10: the text does not follow the pattern.
            bool(type)               | column 5: the text is neither true nor false.
            """)
    void namesThePlaceButNoValueWhenARowCannotBeWorkedOn(String expression, String message) {
        var outcome = Rows.insert(Rows.plan(new EtlStep.Set("result", expression)), Rows.row());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        EtlOutcome.Failed.class,
                        failed -> assertThat(failed.failure())
                                .hasMessage("Table sales.orders, etl[0].steps[0].to, column result, line 1, " + message)
                                .hasMessageNotContaining("north"));
    }

    @Test
    void everyFunctionIsDocumented() throws Exception {
        var page = Files.readString(Path.of("docs/etl.md"));

        assertThat(Functions.ALL.byName().keySet())
                .filteredOn(name -> Character.isLetter(name.charAt(0)))
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "("));
        assertThat(Meta.values()).allSatisfy(meta -> assertThat(page).contains("`" + meta.label() + "`"));
    }
}
