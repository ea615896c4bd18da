package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.failure.FailureKind;
import dev.leat.precheck.Precheck;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every text is there, in every language. */
class MessagesTest {

    private static final Pattern KEY = Pattern.compile("#\\{([a-zA-Z0-9.]+)[}(]");

    /** Of a sentence whose remedy stands beside it, and of what came of an action. */
    private static final Pattern CODE_KEY = Pattern.compile("\"((?:wrong|flash)\\.[a-zA-Z.]*[a-zA-Z])\"");

    @Test
    void everyLanguageHasTheSameTexts() throws IOException {
        assertThat(load("messages_zh.properties").stringPropertyNames())
                .isEqualTo(load("messages.properties").stringPropertyNames());
    }

    @Test
    void noTextStandsTwice() throws IOException {
        for (String name : List.of("messages.properties", "messages_zh.properties")) {
            try (var lines = Files.lines(Path.of("src/main/resources", name))) {
                assertThat(lines.filter(line -> !line.startsWith("#") && line.contains("="))
                                .map(line -> line.substring(0, line.indexOf('='))))
                        .as(name)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void everyTextTakesTheSameArguments() throws IOException {
        Properties english = load("messages.properties");
        Properties chinese = load("messages_zh.properties");
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(arguments(chinese.getProperty(key)))
                        .as(key)
                        .isEqualTo(arguments(english.getProperty(key))));
    }

    @Test
    void everyTextOfATemplateExists() throws IOException {
        Set<String> used = new TreeSet<>();
        try (var files = Files.walk(Path.of("frontend/templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                KEY.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group(1)));
            }
        }
        assertThat(used).hasSizeGreaterThan(50);
        assertThat(load("messages.properties").stringPropertyNames()).containsAll(used);
    }

    @Test
    void everyTextOfTheCodeExists() throws IOException {
        Set<String> used = new TreeSet<>();
        try (var files = Files.walk(Path.of("src/main/java/dev/leat/console"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                CODE_KEY.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group(1)));
            }
        }
        assertThat(used).hasSizeGreaterThan(20);
        assertThat(load("messages.properties").stringPropertyNames()).containsAll(used);
    }

    @Test
    void everyFailureKindIsToldInWordsWithTheEnginesOwnRemedy() throws IOException {
        Properties english = load("messages.properties");
        assertThat(FailureKind.values()).allSatisfy(kind -> {
            assertThat(english).containsKey("kind." + kind);
            assertThat(english).containsEntry("kind." + kind + ".remedy", kind.remedy());
        });
    }

    @Test
    void everyItemOfThePrecheckHasTheEnginesOwnTitle() throws IOException {
        Properties english = load("messages.properties");
        new Precheck().titles().forEach((name, title) -> assertThat(english).containsEntry("check." + name, title));
    }

    @Test
    void aTextWithAnApostropheTakesNoArguments() throws IOException {
        // MessageFormat would swallow it.
        Properties english = load("messages.properties");
        assertThat(english.stringPropertyNames())
                .filteredOn(key -> english.getProperty(key).contains("'"))
                .allSatisfy(key -> assertThat(english.getProperty(key)).doesNotContain("{0}"));
    }

    private static Set<String> arguments(String text) {
        Set<String> arguments = new TreeSet<>();
        Pattern.compile("\\{\\d}").matcher(text).results().forEach(found -> arguments.add(found.group()));
        return arguments;
    }

    private static Properties load(String name) throws IOException {
        var properties = new Properties();
        try (var in =
                new InputStreamReader(MessagesTest.class.getResourceAsStream("/" + name), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return properties;
    }
}
