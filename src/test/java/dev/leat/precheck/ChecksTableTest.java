package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/precheck.md tells every item and how bad its findings are; docs/precheck-tests.md names tests that are there. */
class ChecksTableTest {

    private static final Path CHECKS = Path.of("src", "main", "java", "dev", "leat", "precheck");
    private static final Path ITEMS = Path.of("docs", "precheck.md");
    private static final Path PROOFS = Path.of("docs", "precheck-tests.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\| .*\\|$", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");

    @Test
    void everyItemStandsInBothTablesInOrder() {
        var names = Checks.ALL.stream().map(Check::name).toList();

        assertThat(rows(ITEMS).stream().map(row -> row.group(1)).filter(names::contains))
                .containsExactlyElementsOf(names);
        assertThat(rows(PROOFS).stream().map(row -> row.group(1)).filter(names::contains))
                .containsExactlyElementsOf(names);
    }

    @Test
    void severitiesAreThoseThatTheItemsFind() {
        for (var check : Checks.ALL) {
            String source = text(CHECKS.resolve(check.getClass().getSimpleName() + ".java"));
            List<String> found = new ArrayList<>();
            if (source.contains("Finding.error(")) {
                found.add("error");
            }
            if (source.contains("Finding.alert(")) {
                found.add("alert");
            }
            assertThat(cells(row(ITEMS, check)).get(3)).as(check.name()).isEqualTo(String.join(", ", found));
        }
    }

    @Test
    void everyItemNamesATestThatSeesItAndSaysWhatBecomesOfItsRemedy() {
        for (var check : Checks.ALL) {
            var cells = cells(row(PROOFS, check));
            assertThat(cells.get(2)).as(check.name()).containsPattern(NAMED);
            assertThat(cells.get(3))
                    .as(check.name())
                    .matches(text -> NAMED.matcher(text).find() || text.startsWith("not executed: "));
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<String> sources;
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ChecksTableTest::text)
                    .toList();
        }
        var named = NAMED.matcher(text(PROOFS)).results().toList();
        assertThat(named)
                .hasSizeGreaterThan(Checks.ALL.size())
                .allSatisfy(test -> assertThat(sources)
                        .as(test.group())
                        .anyMatch(source -> source.contains("class " + test.group(1) + " ")
                                && source.contains("void " + test.group(2) + "(")));
    }

    private static String row(Path table, Check check) {
        return rows(table).stream()
                .filter(row -> row.group(1).equals(check.name()))
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow(() -> new AssertionError(check.name() + " is missing in " + table));
    }

    private static List<MatchResult> rows(Path table) {
        return ROW.matcher(text(table)).results().toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.split("\\|", -1)).map(String::strip).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
