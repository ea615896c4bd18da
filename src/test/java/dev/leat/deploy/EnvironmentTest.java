package dev.leat.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every environment variable that is set or documented is one that something reads. */
final class EnvironmentTest {

    /** Read by the JVM. */
    private static final Set<String> JAVA = Set.of("JAVA_TOOL_OPTIONS");

    @Test
    void documentsOnlyVariablesThatAreRead() {
        Set<String> read = new TreeSet<>(Product.variablesReadByLeat());
        read.addAll(Product.variablesReadBySpring());
        read.addAll(JAVA);
        read.addAll(variablesOfCompose());

        assertThat(Product.documentedVariables()).isNotEmpty().isSubsetOf(read);
    }

    @Test
    void documentsEveryVariableOfLeat() {
        assertThat(Product.variablesReadByLeat()).isNotEmpty().isSubsetOf(Product.documentedVariables());
    }

    @Test
    void setsOnlyDocumentedVariablesInCompose() {
        Object environment = Product.at(Product.yaml(Path.of("docker/compose.yaml")), "services.leat.environment");

        assertThat(((Map<?, ?>) environment).keySet().stream().map(Object::toString))
                .isNotEmpty()
                .isSubsetOf(Product.documentedVariables());
    }

    @Test
    void setsOnlyDocumentedVariablesInTheChart() {
        assumeTrue(Chart.unavailable().isEmpty(), "Helm's native library does not load here");

        Chart chart = Chart.render(Map.of(
                "database.url",
                "jdbc:postgresql://db:5432/leat",
                "database.password",
                "p",
                "metrics.public",
                true,
                "javaToolOptions",
                "-Xmx1g"));
        assertThat(chart.environment().keySet()).hasSize(8).isSubsetOf(Product.documentedVariables());
    }

    private static Set<String> variablesOfCompose() {
        return Product.read(Path.of("docker/.env.example"))
                .lines()
                .filter(line -> line.endsWith("="))
                .map(line -> line.substring(0, line.length() - 1))
                .collect(Collectors.toSet());
    }
}
