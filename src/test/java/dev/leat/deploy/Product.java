package dev.leat.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** What the service itself says about its configuration: the measure for everything around it. */
final class Product {

    private static final Path APPLICATION = Path.of("src/main/resources/application.yml");
    private static final Path REFERENCE = Path.of("docs/configuration.md");
    private static final Pattern VARIABLE = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`");
    private static final int DEFAULT_PORT = 8080;

    private Product() {}

    /** A file of the repository. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML file of the repository as maps, lists and scalars. */
    static Map<String, Object> yaml(Path file) {
        return new Yaml().load(read(file));
    }

    /** A value inside of nested maps, such as {@code server.port}; null where there is none. */
    static Object at(Object yaml, String path) {
        Object value = yaml;
        for (String key : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** A setting of {@code application.yml}. */
    static Object setting(String path) {
        return at(yaml(APPLICATION), path);
    }

    /** The port that the service listens on. */
    static int port() {
        Object port = setting("server.port");
        return port == null ? DEFAULT_PORT : (int) port;
    }

    /** The environment variables that the reference of the configuration names. */
    static Set<String> documentedVariables() {
        return VARIABLE.matcher(read(REFERENCE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** The variables of Leat's own that {@code application.yml} reads, by name or as the property they override. */
    static Set<String> variablesReadByLeat() {
        Set<String> named = Pattern.compile("\\$\\{(LEAT_[A-Z_]+)")
                .matcher(read(APPLICATION))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        if (setting("leat") instanceof Map<?, ?> own) {
            addVariables("LEAT", own, named);
        }
        return named;
    }

    private static void addVariables(String prefix, Map<?, ?> settings, Set<String> variables) {
        settings.forEach((key, value) -> {
            String variable = prefix + "_" + variable(key.toString());
            if (value instanceof Map<?, ?> inner) {
                addVariables(variable, inner, variables);
            } else if (!String.valueOf(value).contains("${LEAT_")) {
                variables.add(variable);
            }
        });
    }

    /** The variables that set a property of Spring Boot, from the descriptions in its own jars. */
    static Set<String> variablesReadBySpring() {
        Pattern property = Pattern.compile("\"name\": ?\"((?:spring|server|management)\\.[a-z0-9.-]+)\"");
        return Product.class
                .getClassLoader()
                .resources("META-INF/spring-configuration-metadata.json")
                .flatMap(resource -> {
                    try (var stream = resource.openStream()) {
                        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                        return property.matcher(text).results().map(MatchResult::group).toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .map(match -> property.matcher(match).replaceFirst("$1"))
                .map(Product::variable)
                .collect(Collectors.toSet());
    }

    /** The variable of a property: dots become underscores, dashes vanish. */
    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
