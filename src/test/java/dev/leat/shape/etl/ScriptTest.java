package dev.leat.shape.etl;

import static dev.leat.shape.etl.Rows.insert;
import static dev.leat.shape.etl.Rows.plan;
import static dev.leat.shape.etl.Rows.row;
import static dev.leat.shape.etl.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.failure.SyncException;
import dev.leat.settings.EtlStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pasted DTS script does to a row. */
class ScriptTest {

    private static EtlOutcome run(String script, String... changes) {
        return insert(plan(new EtlStep.Script(script)), row(changes));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "NULL", textBlock = """
            op_sum(`qty`, 1, `small`)                         | 16
            op_sub(`qty`, 2)                                  | 10
            op_mul(`qty`, `price`)                            | 30.00
            op_div_true(`qty`, 5)                             | 2.4
            op_div_floor(`qty`, 5)                            | 2
            op_div_floor(`price`, 1)                          | 2
            op_div_floor(-7, 2)                               | -4
            op_div_floor(`f`, -1)                             | -2
            op_mod(`qty`, 5)                                  | 2
            op_neg(`qty`)                                     | -12
            op_abs(-3)                                        | 3
            op_round(`price`, 1)                              | 2.5
            op_max(`qty`, `small`)                            | 12
            op_add(`type`, '-', `qty`)                        | north-12
            op_if(op_gt(`qty`, 10), 'many', "few")            | many
            op_ifnull(`name`, 'none')                         | Grüße 😀
            op_coalesce(op_nullif(`type`, 'north'), 'x')      | x
            op_and(op_ge(`qty`, 12), op_le(`qty`, 12), true)  | t
            op_AND(op_lt(`qty`, 12), True)                    | f
            op_or(op_eq(`qty`, 1), op_ne(`qty`, 1))           | t
            op_not(op_eq(`type`, 'it\\'s'))                   | t
            op_in(`type`, ['north', 'east'])                  | t
            op_in([1, 2], `qty`)                              | f
            op_not_in(`qty`, [1, 2])                          | t
            op_is_null(`name`)                                | f
            op_is_not_null(`name`)                            | t
            op_len(`type`)                                    | 5
            ct_int('7')                                       | 7
            ct_float(`qty`)                                   | 12
            ct_str(`qty`)                                     | 12
            ct_bool('true')                                   | t
            str_lower(str_upper(`type`))                      | north
            str_strip('  a ')                                 | a
            str_count(`code`, '0')                            | 4
            str_find(`code`, '8')                             | 2
            str_replace(`code`, '0', 'o')                     | 138oooo1234
            str_reverse('abc')                                | cba
            str_startswith(`code`, '138')                     | t
            str_endswith(`code`, '1')                         | f
            str_isAlpha(`type`)                               | t
            str_isDigit(`code`)                               | t
            str_zfill('7', 3)                                 | 007
            str_format('{}/{}!', `qty`, `price`)              | 12/2.50!
            regex_match(`type`, '^no\\w+$')                   | t
            regex_replace(`code`, '\\d{4}$', 'x')             | 1380000x
            regex_replace(`code`, '(\\d{3})\\d{4}(\\d{4})', '\\1****\\2') | 138****1234
            regex_replace(`code`, '^(1)(3)', '\\2\\g<1>0')    | 310800001234
            regex_replace(`code`, '\\d{4}$', replace='x')    | 1380000x
            regex_replace(`code`, r'\\d{4}$')                | 1380000
            str_count('a\\\\d', r'\\d')                      | 1
            md5_encoding('a')                                 | 0cc175b9c0f1b6a831c399e269772661
            sha1_encoding('a')                                | 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8
            dt_fromtimestamp(0)                               | 1970-01-01 00:00:00+00
            dt_fromtimestamp_millis(1500)                     | 1970-01-01 00:00:01.5+00
            dt_parsetimestamp(`at`)                           | 1706743800
            dt_parsetimestamp_millis(`at`)                    | 1706743800250
            dt_str(`at`, '%Y-%m-%d at %H:%M:%S')              | 2024-01-31 at 23:30:00
            dt_strptime('31/01/2024', '%d/%m/%Y')             | 2024-01-31 00:00:00+00
            dt_add(`at`, days=1, hours=-1)                    | 2024-02-01 22:30:00.25+00
            dt_add(`at`, months=1, years=1)                   | 2025-02-28 23:30:00.25+00
            dt_sub(`at`, weeks=1, minutes=30, seconds=1)      | 2024-01-24 22:59:59.25+00
            `__COMMIT_TIMESTAMP__`                            | 2024-02-03 04:05:06.5+00
            __TB__                                            | orders
            __DB__                                            | shop
            op_eq(__OPERATION__, __OP_INSERT__)               | t
            `odd name`                                        | odd
            None                                              | NULL
            """)
    void translatesWhatHasAValue(String value, String result) {
        String script = value.equals("None") ? "e_set(`name`, None)" : "e_set(`result`, " + value + ")";

        assertThat(values(run("script:" + script))).containsEntry(value.equals("None") ? "name" : "result", result);
    }

    @Test
    void dropsUnderACondition() {
        String script = "script:e_if(op_lt(`qty`, 0), e_drop())";

        assertThat(run(script, "qty", "-1")).isInstanceOf(EtlOutcome.Dropped.class);
        assertThat(run(script, "qty", "1")).isInstanceOf(EtlOutcome.Kept.class);
        assertThat(run(script, "qty", null)).isInstanceOf(EtlOutcome.Kept.class);
        assertThat(run("e_drop(op_eq(`type`, 'north'))")).isInstanceOf(EtlOutcome.Dropped.class);
        assertThat(run("e_keep(op_eq(`type`, 'north'))")).isInstanceOf(EtlOutcome.Kept.class);
        assertThat(run("e_keep(op_eq(`type`, 'south'))")).isInstanceOf(EtlOutcome.Dropped.class);
        assertThat(run("e_if_else(op_eq(`type`, 'north'), e_keep(), e_drop())")).isInstanceOf(EtlOutcome.Kept.class);
        assertThat(run("e_if_else(op_eq(`type`, 'south'), e_keep(), e_drop())")).isInstanceOf(EtlOutcome.Dropped.class);
    }

    @Test
    void setsUnderACondition() {
        String script = "script:e_if(op_and(op_gt(`qty`, 10), op_eq(`type`, 'north')), e_set(`tier`, 'A'))";

        assertThat(values(run(script))).containsEntry("tier", "A");
        assertThat(values(run(script, "qty", "1"))).containsEntry("tier", null);
        assertThat(values(run("e_if(op_gt(`qty`, 10), e_set(`type`, 'big'))", "qty", "1")))
                .containsEntry("type", "north");
    }

    /** Where the condition is not met the column is null, whatever the type of its values. */
    @Test
    void setsANumberUnderACondition() {
        String script = "e_if(op_gt(`qty`, 10), e_set(`flag`, 1))";

        assertThat(values(run(script))).containsEntry("flag", "1");
        assertThat(values(run(script, "qty", "1"))).containsEntry("flag", null);
    }

    @Test
    void aConditionStaysWhatItWasForAllThatDependsOnIt() {
        String script = """
                script:e_if(op_eq(`qty`, 12), e_compose(
                    e_set(`qty`, 0),
                    e_set(`type`, 'changed'),
                    e_if(op_eq(`qty`, 0), e_set(`ok`, false))))
                """;

        assertThat(values(run(script)))
                .containsEntry("qty", "0")
                .containsEntry("type", "changed")
                .containsEntry("ok", "f")
                .hasSize(15);
        assertThat(values(run(script, "qty", "5")))
                .containsEntry("qty", "5")
                .containsEntry("type", "north")
                .containsEntry("ok", "t");
    }

    @Test
    void aSwitchTakesTheFirstThatIsTrue() {
        String script = "e_switch(op_gt(`qty`, 100), e_set(`tier`, 'A'), op_gt(`qty`, 10), e_set(`tier`, 'B'),"
                + " default=e_set(`tier`, 'C'))";

        assertThat(values(run(script, "qty", "500"))).containsEntry("tier", "A");
        assertThat(values(run(script, "qty", "50"))).containsEntry("tier", "B");
        assertThat(values(run(script, "qty", "5"))).containsEntry("tier", "C");
        assertThat(values(run(script, "qty", null))).containsEntry("tier", "C");
    }

    @Test
    void composesRenamesAndRemoves() {
        String script = "script:e_compose(e_if(op_is_null(`type`), e_drop()), e_set(`type`, str_upper(`type`)),"
                + " e_rename('type', 'region'), e_drop_fields('raw', 'doc'))";

        assertThat(run(script, "type", null)).isInstanceOf(EtlOutcome.Dropped.class);
        assertThat(values(run(script))).containsEntry("region", "NORTH").doesNotContainKeys("type", "raw", "doc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            e_set(`a`, dt_now())                 | position 12: the function dt_now cannot be translated. | meta.committedAt
            e_set(`a`, nope(1))                  | position 12: the function nope cannot be translated. | docs/etl.md
            e_json(`doc`)                        | position 1: the function e_json cannot be translated. | consumer
            e_set(`a`, tail_replace_string_field(`code`, '', '*', true)) | position 12: the function tail_replace_string_field | keepFirst
            e_set(`a`, qty)                      | position 12: 'qty' is no number, no column and no known variable. | backquotes
            e_set(`a`)                           | position 1: e_set takes 2 or more arguments and has 1. | docs/etl.md
            e_set(`a`, op_gt(1, 2)               | position 23: here ')' is missing. | Correct
            e_set(`a`, 'b                        | position 14: here ''' is missing. | Correct
            e_if(op_gt(`qty`, 1), e_rename('a', 'b')) | position 23: e_rename stands under a condition | Take it out
            e_set(`a`, dt_str(`at`, '%Q'))       | position 25: %Q of the time format cannot be translated. | format(
            e_set(`a`, dt_add(`at`, fortnights=1)) | position 25: the unit fortnights is not known. | Use years
            e_set(`a`, str_format('{:>5}', `qty`)) | position 12: str_format is translated with as many bare {} | concat
            script:                              | position 1: the script is empty. | Leave
            """)
    void namesWhatItCannotTranslate(String script, String message, String remedy) {
        assertThatThrownBy(() -> run(script)).isInstanceOfSatisfying(SyncException.class, e -> {
            assertThat(e.getMessage())
                    .startsWith("Table sales.orders, etl[0].steps[0].script, ")
                    .contains(message);
            assertThat(e.remedy()).contains(remedy);
        });
    }

    @Test
    void saysWhatTypesDoNotFitAndWhereThatComesFrom() {
        assertThatThrownBy(() -> run("script:e_set(`a`, op_sum(`type`, 1))"))
                .hasMessage("Table sales.orders, etl[0].steps[0].script, e_set at position 8, translated to"
                        + " set a to (`type`) + (1), column a, line 1, column 10: the operator + does not take"
                        + " (string, int).");
    }
}
