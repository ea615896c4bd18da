package dev.leat.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Dockerfile is well-formed and fits the service; no image is built here. */
final class DockerfileTest {

    static final Path DOCKERFILE = Path.of("docker/Dockerfile");

    /** An instruction and what follows it, continuation lines joined, comments left out. */
    private record Line(String instruction, String rest) {}

    private static final List<Line> LINES = lines();

    private static List<Line> lines() {
        String text = Product.read(DOCKERFILE).replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("\\\\\\R\\s*", " ");
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> new Line(line.split(" ", 2)[0], line.split(" ", 2)[1]))
                .toList();
    }

    private static Stream<String> every(String instruction) {
        return LINES.stream()
                .filter(line -> line.instruction().equals(instruction))
                .map(Line::rest);
    }

    private static List<Line> lastStage() {
        int from = LINES.lastIndexOf(LINES.reversed().stream()
                .filter(line -> line.instruction().equals("FROM"))
                .findFirst()
                .orElseThrow());
        return LINES.subList(from, LINES.size());
    }

    @Test
    void holdsOnlyInstructionsThatDockerKnows() {
        assertThat(LINES)
                .extracting(Line::instruction)
                .startsWith("FROM")
                .isSubsetOf(
                        "FROM",
                        "RUN",
                        "WORKDIR",
                        "COPY",
                        "USER",
                        "LABEL",
                        "ENV",
                        "VOLUME",
                        "EXPOSE",
                        "STOPSIGNAL",
                        "HEALTHCHECK",
                        "ENTRYPOINT");
        assertThat(lastStage())
                .extracting(Line::instruction)
                .filteredOn(List.of("ENTRYPOINT", "HEALTHCHECK", "USER", "EXPOSE", "VOLUME")::contains)
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    @Test
    void buildsAndRunsOnTheJavaOfThePom() {
        String pom = Product.read(Path.of("pom.xml"));
        String java = Pattern.compile("<java.version>(\\d+)<")
                .matcher(pom)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(every("FROM").filter(from -> from.startsWith("eclipse-temurin:")))
                .hasSize(2)
                .satisfiesExactly(
                        build -> assertThat(build).startsWith("eclipse-temurin:" + java + "-jdk"),
                        run -> assertThat(run).startsWith("eclipse-temurin:" + java + "-jre"));
        String flags = Pattern.compile("<leat.jvm.flags>(.*)</")
                .matcher(pom)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(Product.read(Path.of("docker/jvm.args")).lines()).contains(flags.split(" "));
    }

    @Test
    void copiesOnlyFromStagesAndFilesThatAreThere() {
        List<String> stages = every("FROM")
                .filter(from -> from.contains(" AS "))
                .map(from -> from.substring(from.indexOf(" AS ") + 4))
                .toList();
        Pattern from = Pattern.compile("--from=(\\S+)");
        assertThat(every("COPY").flatMap(copy -> from.matcher(copy).results().map(found -> found.group(1))))
                .isNotEmpty()
                .isSubsetOf(stages);
        assertThat(every("COPY")
                        .filter(copy -> !copy.contains("--from="))
                        .map(copy -> copy.replaceAll("--\\S+ ", "").split(" ")[0]))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(Path.of(source)).exists());
    }

    @Test
    void letsTheBuildSeeWhatItReads() {
        List<String> rules = Product.read(Path.of("docker/Dockerfile.dockerignore"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(rules.getFirst()).isEqualTo("*");
        assertThat(rules)
                .contains("!.mvn", "!mvnw", "!pom.xml", "!src", "!frontend", "!docker/healthy", "!docker/jvm.args");
        assertThat(rules.stream().filter(rule -> rule.startsWith("!") && !rule.equals("!frontend")))
                .allSatisfy(rule -> assertThat(Path.of(rule.substring(1))).exists());
    }

    @Test
    void servesAtThePortOfTheServiceAsAnOrdinaryUser() {
        assertThat(every("EXPOSE")).containsExactly(String.valueOf(Product.port()));
        assertThat(lastStage()).contains(new Line("USER", "10001:10001"), new Line("VOLUME", "/data"));
        assertThat(every("ENV")).contains("LEAT_DATA_DIR=/data");
    }

    @Test
    void startsJavaItselfSoThatSignalsReachIt() {
        assertThat(every("ENTRYPOINT")).singleElement().asString().startsWith("[\"java\", ");
        assertThat(every("HEALTHCHECK")).singleElement().asString().endsWith("CMD [\"/opt/leat/healthy\"]");
        assertThat(Files.isExecutable(Path.of("docker/healthy"))).isTrue();
        assertThat(Product.read(Path.of("docker/healthy")))
                .contains(String.valueOf(Product.port()), "/actuator/health/readiness");
    }

    @Test
    void quotesNothingThatLooksLikeASecret() {
        assertThat(Pattern.compile("(?i)(password|key|token)\\s*=\\s*\\S+")
                        .matcher(String.join("\n", every("ENV").toList()))
                        .results()
                        .map(MatchResult::group))
                .isEmpty();
    }
}
