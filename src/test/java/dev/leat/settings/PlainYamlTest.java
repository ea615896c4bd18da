package dev.leat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.error.YAMLException;

/** What is read as YAML, and what is told about the rest. */
class PlainYamlTest {

    @Test
    void readsMapsListsAndScalars() {
        assertThat(PlainYaml.read("name: a\nphases: [FULL]\n"))
                .isEqualTo(Map.of("name", "a", "phases", List.of("FULL")));
        assertThat(PlainYaml.read("# nothing")).isNull();
    }

    @Test
    void aFewLinesOfAliasesBecameGigabytes() {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name <= 'i'; name++) {
            String before = "*" + (char) (name - 1);
            bomb.append(name).append(": &").append(name).append(" [").append(before);
            bomb.append((", " + before).repeat(5)).append("]\n");
        }
        assertThat(bomb).hasSizeLessThan(500);

        assertThat(problem(bomb.toString())).contains("no alias for a list or a map");
    }

    @Test
    void aKeyThatStoodTwiceHidTheFirst() {
        assertThat(problem("name: a\nname: b\n")).contains("line 2", "duplicate key name");
    }

    @Test
    void tellsThePlaceOfWhatIsWrong() {
        assertThat(problem("a: [1\n")).startsWith(" at line 2");
        assertThat(problem("a: " + "x".repeat(1 << 20))).contains("at most 1048576 characters");
    }

    private static String problem(String text) {
        return PlainYaml.problem(catchThrowableOfType(YAMLException.class, () -> PlainYaml.read(text)));
    }
}
