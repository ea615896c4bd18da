package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Ports;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.RegistryEndpoint;
import dev.leat.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The client against a registry of other hands: {@code -Dleat.registry=…} names the directory that
 * {@code io.apicurio:apicurio-registry-app:3.3.3:tar.gz:all} was unpacked to, which is too large for every build.
 */
@EnabledIfSystemProperty(named = "leat.registry", matches = ".+")
class ApicurioIT {

    private static final String ONE =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
    private static final String MORE =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},"
                    + "{\"name\":\"b\",\"type\":[\"null\",\"int\"],\"default\":null}]}";
    private static final String OTHER =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";

    private final int port = Ports.free();
    private Process process;
    private SchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        Path directory = Path.of(System.getProperty("leat.registry"));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dapicurio.rules.global.compatibility=BACKWARD",
                        "-jar",
                        directory.resolve("quarkus-run.jar").toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        registry = new SchemaRegistry(
                KafkaEndpoint.plaintext("nowhere.invalid:1"),
                new RegistryEndpoint("http://127.0.0.1:" + port + "/apis/ccompat/v7", "", Secret.NONE));
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> !registry.compatibilityLevel().isEmpty());
    }

    @AfterEach
    void stop() throws InterruptedException {
        registry.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Test
    void registersFindsAndJudges() {
        assertThat(registry.find("shop-value", ONE)).isEmpty();
        assertThat(registry.objections("shop-value", ONE)).isEmpty();
        int first = registry.register("shop-value", ONE);
        assertThat(registry.register("shop-value", ONE)).isEqualTo(first);
        assertThat(registry.find("shop-value", ONE)).contains(first);
        assertThat(registry.find("shop-value", MORE)).isEmpty();
        assertThat(registry.objections("shop-value", MORE)).isEmpty();
        assertThat(registry.register("shop-value", MORE)).isNotEqualTo(first);
        assertThat(registry.register("größe +-value", ONE)).isPositive();

        assertThat(registry.compatibilityLevel("shop-value")).isEqualTo("BACKWARD");
        assertThat(registry.objections("shop-value", OTHER)).isNotEmpty();
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> registry.register("shop-value", OTHER))
                .withMessageContaining("subject shop-value")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REGISTRY_REFUSED));
        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> registry.register("shop-value", "{\"type\":\"nonsense\"}"))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REGISTRY_REFUSED));
    }
}
