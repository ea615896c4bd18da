package dev.leat;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

/** Holds the house together: which room may use which, and what nobody may do. See {@code docs/architecture.md}. */
final class ArchitectureTest {

    private static final String ROOT = "dev.leat";

    /** Room to the rooms that it may use. A new room gets its line here, in the commit that builds it. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static final Set<String> ENGINE =
            Set.of("change", "failure", "settings", "postgres", "kafka", "shape", "sync", "precheck");

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final int MAX_LINES = 400;
    private static final double MAX_PUBLIC_SHARE = 0.6;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        Stream.of("change", "failure", "security", "metadata").forEach(room -> arrows.put(room, Set.of()));
        arrows.put("secret", Set.of("metadata"));
        arrows.put("settings", Set.of("change"));
        Stream.of("postgres", "kafka", "shape")
                .forEach(room -> arrows.put(room, Set.of("change", "settings", "failure")));
        Stream.of("sync", "precheck")
                .forEach(room ->
                        arrows.put(room, Set.of("change", "failure", "settings", "postgres", "kafka", "shape")));
        arrows.put("connection", Set.of("change", "settings", "failure", "postgres", "kafka", "secret"));
        arrows.put("task", Set.of("change", "settings", "failure", "sync", "precheck", "secret"));
        arrows.put("worker", Set.of("change", "task", "connection", "sync", "precheck", "settings", "failure"));
        // the thresholds of the rules are what the user chose
        arrows.put("alert", Set.of("task", "failure", "settings"));
        arrows.put("usage", Set.of("task", "failure"));
        Set<String> behindThePages =
                Set.of("task", "connection", "precheck", "settings", "failure", "change", "alert", "usage");
        arrows.put("api", new TreeSet<>(behindThePages));
        // users and tokens are steered over REST, one's own also in the console
        arrows.get("api").add("security");
        arrows.put("console", new TreeSet<>(behindThePages));
        arrows.get("console").add("security");
        return arrows;
    }

    /** The rooms that are built: the packages directly below the root. */
    static Set<String> rooms() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + "."))
                .map(ArchitectureTest::room)
                .collect(toCollection(TreeSet::new));
    }

    @Test
    void givesEveryRoomItsArrows() {
        assertThat(rooms()).isNotEmpty().isSubsetOf(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void usesOnlyTheRoomsItMay(String room) {
        Set<String> allowed = new TreeSet<>(ARROWS.getOrDefault(room, Set.of()));
        allowed.add(room);
        DescribedPredicate<JavaClass> otherRoom = describe(
                "are at home outside " + allowed,
                type -> isOurs(type) && !allowed.contains(room(type.getPackageName())));
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(otherRoom)
                .because("the arrows between the rooms are a table in this test, and run down only")
                .check(CLASSES);
    }

    @Test
    void hasNoCircleOfPackagesAtAnyDepth() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void keepsFrameworksOutOfTheEngine() {
        noClasses()
                .that(describe("belong to the engine", ArchitectureTest::isEngine))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..", "org.hibernate..")
                .because("the engine is plain Java, so that it runs and is tested without a service around it")
                .check(CLASSES);
    }

    @Test
    void keepsTheExpressionLanguageInItsLeaf() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".shape.etl")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.cel..", "com.google.re2j..")
                .because("ETL's parser and type checker are a choice of shape.etl, and can be changed there alone")
                .check(CLASSES);
    }

    @Test
    void readsNoWallClockInTheEngineAndNeverSleepsThere() {
        noClasses()
                .that(describe("belong to the engine", ArchitectureTest::isEngine))
                .should()
                .accessTargetWhere(
                        describe("it asks for the time behind the caller's back", ArchitectureTest::isHiddenTime))
                .because("a java.time.Clock comes in by the constructor, and a wait must be open to an interrupt")
                .check(CLASSES);
    }

    @Test
    void namesTypesForWhatTheyAre() {
        classes()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl|Base|Common)")
                .because("such an ending says nothing about the type")
                .check(CLASSES);
    }

    @Test
    void injectsByConstructor() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
    }

    @Test
    void describesEveryPackage() {
        assertThat(sources(MAIN).map(Path::getParent).distinct())
                .isNotEmpty()
                .allSatisfy(directory -> assertThat(directory.resolve("package-info.java"))
                        .content()
                        .startsWith("/** ")
                        .contains("@NullMarked"));
    }

    @Test
    void keepsFilesShort() {
        assertThat(Stream.concat(sources(MAIN), sources(TESTS)))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(lines(file)).as(file.toString()).isLessThanOrEqualTo(MAX_LINES));
    }

    @Test
    void keepsMostTypesBehindTheDoors(TestReporter reporter) {
        List<JavaClass> types = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
        long open = types.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        reporter.publishEntry("public types", open + " of " + types.size());
        assertThat((double) open / types.size()).isPositive().isLessThanOrEqualTo(MAX_PUBLIC_SHARE);
    }

    /** Modulith's own opinion; a leaf such as {@code kafka.format} belongs to its room's door here. */
    @Test
    void isModularInTheEyesOfModulith() {
        Violations violations = ApplicationModules.of(LeatApplication.class).detectViolations();
        // encoders are made by the engine's conductor and tried by the precheck, so this leaf is open to it; Modulith
        // has no word for that
        assertThat(violations.getMessages())
                .allMatch(message -> message.matches(
                        "(?s).*'(sync|precheck)' depends on non-exposed type dev.leat.kafka.format..*"));
    }

    private static boolean isHiddenTime(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        String owner = target.getOwner().getName();
        String name = target.getName();
        return owner.equals(System.class.getName()) && name.equals("currentTimeMillis")
                || owner.equals(Thread.class.getName()) && name.equals("sleep")
                || owner.equals(Instant.class.getName())
                        && name.equals("now")
                        && target instanceof AccessTarget.CodeUnitAccessTarget call
                        && call.getRawParameterTypes().isEmpty();
    }

    private static boolean isEngine(JavaClass type) {
        return isOurs(type) && ENGINE.contains(room(type.getPackageName()));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    /** The room of a package; the root's own name for the root. */
    private static String room(String packageName) {
        return packageName.equals(ROOT)
                ? ROOT
                : packageName.substring(ROOT.length() + 1).split("\\.", 2)[0];
    }

    private static Stream<Path> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
