package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.console.LineDiff.Line;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which lines of two definitions differ. */
class LineDiffTest {

    @Test
    void showsWhatCameAndWentAmongWhatStayed() {
        assertThat(LineDiff.of("a\nb\nc", "a\nx\nc\nd"))
                .containsExactly(
                        new Line(" ", "a"),
                        new Line("-", "b"),
                        new Line("+", "x"),
                        new Line(" ", "c"),
                        new Line("+", "d"));
        assertThat(LineDiff.of("", "a")).containsExactly(new Line("+", "a"));
        assertThat(LineDiff.of("a", "a")).containsExactly(new Line(" ", "a"));
    }

    @Test
    void bothTextsCanBeReadBackFromAnyDifference() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            String before = text(random);
            String after = text(random);
            List<Line> lines = LineDiff.of(before, after);
            assertThat(without(lines, "+")).isEqualTo(before);
            assertThat(without(lines, "-")).isEqualTo(after);
        }
    }

    private static String text(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(8))
                .mapToObj(line -> "line " + random.nextInt(5))
                .collect(Collectors.joining("\n"));
    }

    private static String without(List<Line> lines, String mark) {
        return lines.stream()
                .filter(line -> !line.mark().equals(mark))
                .map(Line::text)
                .collect(Collectors.joining("\n"));
    }
}
