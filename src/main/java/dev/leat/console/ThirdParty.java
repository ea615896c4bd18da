package dev.leat.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The works of others in Leat: those of the bill of materials that the build makes, and the vendored scripts. */
final class ThirdParty {

    private static final String BILL = "/META-INF/sbom/application.cdx.json";
    private static final String VENDORED = "/static/vendor/vendor.lock";

    private ThirdParty() {}

    /** A work, its version and its licence, empty where nobody says. */
    record Work(String name, String version, String licence) {}

    /** By name; without a bill, as before the jar is built, the vendored ones alone. */
    static List<Work> works() {
        List<Work> works = new ArrayList<>(vendored());
        text(BILL)
                .map(JsonMapper.shared()::readTree)
                .ifPresent(bill -> bill.path("components").forEach(component -> works.add(work(component))));
        works.sort(Comparator.comparing(Work::name));
        return works.stream().distinct().toList();
    }

    private static Work work(JsonNode component) {
        String licences = component
                .path("licenses")
                .valueStream()
                .map(entry -> entry.path("license")
                        .path("id")
                        .asString(entry.path("license")
                                .path("name")
                                .asString(entry.path("expression").asString(""))))
                .collect(Collectors.joining(", "));
        String group = component.path("group").asString("");
        String name = component.path("name").asString("");
        return new Work(
                group.isEmpty() ? name : group + ":" + name,
                component.path("version").asString(""),
                licences);
    }

    private static List<Work> vendored() {
        return text(VENDORED).stream()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .filter(parts -> parts.length > 2)
                .map(parts -> new Work(parts[0], parts[1], parts[2]))
                .toList();
    }

    private static Optional<String> text(String resource) {
        try (@Nullable InputStream in = ThirdParty.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
