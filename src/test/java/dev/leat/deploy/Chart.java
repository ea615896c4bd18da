package dev.leat.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The Helm chart, rendered by Helm itself, which comes as a native library. */
final class Chart {

    static final Path PATH = Path.of("helm/leat").toAbsolutePath();

    private static final Pattern LOOKUP = Pattern.compile("\\(lookup [^()]*\\([^()]*\\)\\)");
    private static final String KUBERNETES = "1.31.0";

    private final String text;
    private final List<HasMetadata> resources;

    private Chart(String text) {
        this.text = text;
        this.resources = Stream.of(text.split("(?m)^---$"))
                .filter(document -> document.contains("kind:"))
                .<HasMetadata>map(Serialization::unmarshal)
                .toList();
    }

    /** Why Helm's library cannot be used on this machine; empty where it can. */
    static Optional<String> unavailable() {
        try {
            Helm.version().call();
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of("Helm's native library does not load here: " + e);
        }
    }

    /** The manifests of a release called {@code leat} in the namespace {@code sync}, where nothing was before. */
    static Chart render(Map<String, ?> values) {
        return render(values, "dict");
    }

    /** As {@link #render(Map)}, where the Secret of an earlier installation holds a master key. */
    static Chart renderAgain(Map<String, ?> values, String masterKey) {
        String data = Base64.getEncoder().encodeToString(masterKey.getBytes(StandardCharsets.UTF_8));
        return render(values, "dict \"data\" (dict \"master-key\" \"" + data + "\")");
    }

    private static Chart render(Map<String, ?> values, String found) {
        Path copy = copy(found);
        try {
            TemplateCommand command = new Helm(copy)
                    .template()
                    .withKubeVersion(KUBERNETES)
                    .withName("leat")
                    .withNamespace("sync");
            values.forEach(command::set);
            return new Chart(command.call());
        } finally {
            FileSystemUtils.deleteRecursively(copy.toFile());
        }
    }

    /** The library would look the Secret up in the cluster of whoever runs the test: the copy has the answer instead. */
    private static Path copy(String found) {
        try {
            Path copy = Files.createTempDirectory("chart");
            FileSystemUtils.copyRecursively(PATH, copy);
            Path secret = copy.resolve("templates/secret.yaml");
            String template = Files.readString(secret);
            String answered = LOOKUP.matcher(template).replaceAll(Matcher.quoteReplacement("(" + found + ")"));
            if (answered.equals(template)) {
                throw new AssertionError("no lookup in " + secret);
            }
            Files.writeString(secret, answered);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<HasMetadata> resources() {
        return resources;
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T only(Class<T> type) {
        List<T> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + type.getSimpleName() + " in:\n" + text);
        }
        return found.getFirst();
    }

    PodSpec pod() {
        return all(Deployment.class).isEmpty()
                ? only(StatefulSet.class).getSpec().getTemplate().getSpec()
                : only(Deployment.class).getSpec().getTemplate().getSpec();
    }

    Container container() {
        return pod().getContainers().getFirst();
    }

    Map<String, EnvVar> environment() {
        return container().getEnv().stream().collect(Collectors.toMap(EnvVar::getName, Function.identity()));
    }
}
