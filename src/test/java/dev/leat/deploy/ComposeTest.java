package dev.leat.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The compose file is consistent in itself and with the service. */
final class ComposeTest {

    private static final Path FILE = Path.of("docker/compose.yaml");
    private static final Map<String, Object> COMPOSE = Product.yaml(FILE);

    private static Map<String, Object> services() {
        return children("services");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> children(String path) {
        return (Map<String, Object>) Product.at(COMPOSE, path);
    }

    @Test
    void startsWhatLeatNeedsBeforeLeat() {
        assertThat(services()).containsOnlyKeys("leat", "metadata", "source", "kafka");
        assertThat(children("services.leat.depends_on")).containsOnlyKeys("metadata", "source", "kafka");
        children("services.leat.depends_on")
                .forEach((name, how) -> assertThat(how).as(name).isEqualTo(Map.of("condition", "service_healthy")));
    }

    @Test
    void knowsTheHealthOfEveryService() {
        assertThat(services()).allSatisfy((name, service) -> {
            Object test = Product.at(service, "healthcheck.test");
            if (name.equals("leat")) {
                assertThat(test).as("comes with the image").isNull();
            } else {
                assertThat(test).asInstanceOf(LIST).first().isEqualTo("CMD");
            }
        });
    }

    @Test
    void pinsEveryImageButItsOwn() {
        assertThat(services()).allSatisfy((name, service) -> {
            String image = (String) Product.at(service, "image");
            if (name.equals("leat")) {
                assertThat(Product.at(service, "build.dockerfile")).isEqualTo("docker/Dockerfile");
            } else {
                assertThat(image).matches("[a-z/]+:\\d+(\\.\\d+)*");
            }
        });
    }

    @Test
    void opensPortsToThisMachineAlone() {
        assertThat(lists("ports"))
                .hasSize(3)
                .allMatch(port -> port.startsWith("127.0.0.1:"))
                .contains("127.0.0.1:%1$d:%1$d".formatted(Product.port()));
    }

    @Test
    void advertisesTheAddressByWhichEachClientComes() {
        Map<String, String> listen = listeners("KAFKA_LISTENERS");
        Map<String, String> advertise = listeners("KAFKA_ADVERTISED_LISTENERS");

        assertThat(listen).containsOnlyKeys("NETWORK", "HOST", "CONTROLLER");
        assertThat(advertise).isEqualTo(Map.of("NETWORK", "kafka:19092", "HOST", "localhost:9092"));
        advertise.forEach((name, address) -> assertThat(listen.get(name)).isEqualTo(address.replaceAll(".*:", ":")));
        assertThat(listeners("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP")).containsOnlyKeys(listen.keySet());
        assertThat(Product.at(COMPOSE, "services.kafka.ports")).isEqualTo(List.of("127.0.0.1:9092:9092"));
    }

    @Test
    void letsTheSourceBeFollowed() {
        assertThat(Product.at(COMPOSE, "services.source.command"))
                .asInstanceOf(LIST)
                .contains("wal_level=logical");
    }

    @Test
    void pointsLeatAtItsDatabase() {
        assertThat(children("services.leat.environment"))
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://metadata:5432/leat")
                .containsEntry(
                        "SPRING_DATASOURCE_PASSWORD",
                        Product.at(COMPOSE, "services.metadata.environment.POSTGRES_PASSWORD"));
    }

    @Test
    void hasNoPasswordOfItsOwn() {
        assertThat(services().keySet().stream()
                        .map(name -> Product.at(COMPOSE, "services." + name + ".environment"))
                        .flatMap(environment -> ((Map<?, ?>) environment).entrySet().stream())
                        .filter(entry -> entry.getKey().toString().matches(".*(PASSWORD|KEY).*"))
                        .map(entry -> entry.getValue().toString()))
                .hasSize(5)
                .allMatch(value -> value.matches("\\$\\{[A-Z_]+(:-|:\\?[^}]+)\\}"));
        assertThat(Product.read(Path.of("docker/.env.example")).lines().filter(line -> !line.startsWith("#")))
                .allSatisfy(line -> assertThat(line).matches("|[A-Z_]+="));
    }

    @Test
    void explainsEveryVariableItReads() {
        List<String> read = Pattern.compile("\\$\\{([A-Z_]+)")
                .matcher(Product.read(FILE))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(Product.read(Path.of("docker/.env.example"))).contains(read);
    }

    @Test
    void keepsDataInVolumesThatExist() {
        assertThat(lists("volumes").map(volume -> volume.split(":")[0]))
                .containsExactlyInAnyOrderElementsOf(children("volumes").keySet());
        assertThat(Product.at(COMPOSE, "services.leat.volumes")).isEqualTo(List.of("leat-data:/data"));
    }

    private static Stream<String> lists(String key) {
        return services().values().stream()
                .map(service -> Product.at(service, key))
                .flatMap(list -> list == null ? Stream.empty() : ((List<?>) list).stream())
                .map(Object::toString);
    }

    private static Map<String, String> listeners(String variable) {
        String text = (String) Product.at(COMPOSE, "services.kafka.environment." + variable);
        return Arrays.stream(text.split(","))
                .map(listener -> listener.split(":(//)?", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
}
