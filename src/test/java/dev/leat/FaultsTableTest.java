package dev.leat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/faults.md names tests that are there, and every test that bears a fault point's number. */
class FaultsTableTest {

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) .*\\|$", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");
    private static final Pattern NUMBERED = Pattern.compile("void (point(\\d\\d)\\w+)\\(");

    /** A row of the table: the number of its point, and the whole of it. */
    private record Row(int point, String text) {}

    @Test
    void everyPointHasItsRowInOrder() throws IOException {
        assertThat(rows().stream().map(Row::point).distinct())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 34).boxed().toList());
    }

    @Test
    void everyRowNamesATestOrSaysThatThereIsNone() throws IOException {
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.text())
                        .matches(text -> NAMED.matcher(text).find() || text.endsWith("| not yet |")));
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<String> sources = sources();
        for (Row row : rows()) {
            for (Matcher named = NAMED.matcher(row.text()); named.find(); ) {
                String declared = "class " + named.group(1) + " ";
                String method = "void " + named.group(2) + "(";
                assertThat(sources)
                        .as(named.group())
                        .anyMatch(source -> source.contains(declared) && source.contains(method));
            }
        }
    }

    @Test
    void everyTestThatBearsANumberIsNamedInItsRow() throws IOException {
        List<Row> rows = rows();
        for (String source : sources()) {
            for (Matcher test = NUMBERED.matcher(source); test.find(); ) {
                int point = Integer.parseInt(test.group(2));
                String method = "." + test.group(1) + "`";
                assertThat(rows)
                        .as(test.group(1))
                        .anyMatch(row -> row.point() == point && row.text().contains(method));
            }
        }
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Matcher row = ROW.matcher(Files.readString(Path.of("docs", "faults.md"))); row.find(); ) {
            rows.add(new Row(Integer.parseInt(row.group(1)), row.group()));
        }
        return rows;
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return Arrays.asList(files.filter(file -> file.toString().endsWith(".java"))
                    .map(FaultsTableTest::text)
                    .toArray(String[]::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
