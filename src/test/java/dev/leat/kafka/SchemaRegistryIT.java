package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.StubRegistry;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.RegistryEndpoint;
import dev.leat.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRegistryIT {

    private static final String ONE =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
    private static final String TWO =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";
    private static final String ODD_SUBJECT = "größe +/value";
    private static final KafkaEndpoint KAFKA = KafkaEndpoint.plaintext("nowhere.invalid:1");

    private final StubRegistry server = StubRegistry.start();
    private final SchemaRegistry registry = client("", "");

    private SchemaRegistry client(String user, String password) {
        return new SchemaRegistry(KAFKA, new RegistryEndpoint(server.url() + "/", user, new Secret(password)));
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    @Test
    void registersAndFindsSchemasUnderAnySubject() {
        assertThat(registry.find(ODD_SUBJECT, ONE)).isEmpty();
        int id = registry.register(ODD_SUBJECT, ONE);
        assertThat(registry.register(ODD_SUBJECT, ONE)).isEqualTo(id);
        assertThat(registry.find(ODD_SUBJECT, ONE)).contains(id);
        assertThat(registry.find(ODD_SUBJECT, TWO)).isEmpty();
        assertThat(server.subjects()).containsExactly(ODD_SUBJECT);
    }

    @Test
    void asksForCompatibilityWithoutRegistering() {
        assertThat(registry.compatibilityLevel()).isEqualTo("BACKWARD");
        assertThat(registry.compatibilityLevel("s")).isEqualTo("BACKWARD");
        assertThat(registry.objections("s", TWO)).as("nothing is there yet").isEmpty();
        registry.register("s", ONE);
        assertThat(registry.objections("s", ONE)).isEmpty();
        assertThat(registry.objections("s", TWO)).singleElement().asString().contains("TYPE_MISMATCH");
        assertThat(server.versions("s")).hasSize(1);
    }

    @Test
    void refusesAnIncompatibleSchemaInTheRegistrysOwnWords() {
        registry.register("s", ONE);
        assertFails(() -> registry.register("s", TWO), FailureKind.REGISTRY_REFUSED)
                .withMessageContainingAll(server.url(), "subject s", "409", "incompatible with an earlier schema");
    }

    @Test
    void refusesASchemaThatIsNone() {
        assertFails(() -> registry.register("s", "{}"), FailureKind.REGISTRY_REFUSED)
                .withMessageContainingAll("subject s", "422", "Invalid schema");
    }

    @Test
    void signsInAndTellsWhenThatFails() {
        server.only("leat", "s3cret");
        assertFails(registry::compatibilityLevel, FailureKind.REGISTRY_AUTHENTICATION)
                .withMessageContaining("asks for a user");
        try (SchemaRegistry wrong = client("leat", "other");
                SchemaRegistry right = client("leat", "s3cret")) {
            assertFails(() -> wrong.register("s", ONE), FailureKind.REGISTRY_AUTHENTICATION)
                    .withMessageContaining("does not accept the user leat")
                    .withMessageNotContaining("other");
            assertThat(right.register("s", ONE)).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500,REGISTRY_UNREACHABLE",
        "503,REGISTRY_UNREACHABLE",
        "429,REGISTRY_UNREACHABLE",
        "403,REGISTRY_AUTHENTICATION",
        "404,REGISTRY_REFUSED",
        "302,REGISTRY_REFUSED"
    })
    void sortsWhatGoesWrong(int status, FailureKind kind) {
        server.breakWith(status);
        assertFails(() -> registry.register("s", ONE), kind).withMessageContainingAll(server.url(), "" + status);
        assertFails(() -> registry.find("s", ONE), kind).withMessageContaining("subject s");
        assertFails(registry::compatibilityLevel, kind).withMessageContaining(server.url());
    }

    @Test
    void tellsOfARegistryThatIsDown() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (SchemaRegistry gone =
                new SchemaRegistry(KAFKA, new RegistryEndpoint("http://127.0.0.1:" + free, "", Secret.NONE))) {
            assertFails(gone::compatibilityLevel, FailureKind.REGISTRY_UNREACHABLE)
                    .withMessageContaining("127.0.0.1:" + free);
        }
    }

    @Test
    void asksForEachSchemaOncePerRun() {
        try (RegisteredSchemas schemas = schemas(Map.of())) {
            int id = schemas.id("s", ONE);
            assertThat(schemas.id("s", ONE)).isEqualTo(id);
        }
        assertThat(server.requests()).containsExactly("POST /subjects/s/versions");
    }

    @Test
    void registersNothingWhereTheTaskForbidsIt() {
        try (RegisteredSchemas schemas = schemas(Map.of("auto.register.schemas", "false"))) {
            assertFails(() -> schemas.id("s", ONE), FailureKind.REGISTRY_REFUSED)
                    .withMessageContainingAll("Subject s", "auto.register.schemas");
            int id = registry.register("s", ONE);
            assertThat(schemas.id("s", ONE)).isEqualTo(id);
        }
    }

    @Test
    void needsARegistryOnlyWhenASchemaIsAskedFor() {
        try (RegisteredSchemas none = new RegisteredSchemas(KAFKA, new FormatSettings(FormatKind.AVRO, Map.of()))) {
            assertFails(() -> none.id("s", ONE), FailureKind.SETTINGS).withMessageContaining("the connection has none");
        }
    }

    private RegisteredSchemas schemas(Map<String, String> options) {
        return new RegisteredSchemas(
                KAFKA.with(new RegistryEndpoint(server.url(), "", Secret.NONE)),
                new FormatSettings(FormatKind.AVRO, options));
    }

    @Test
    void trustsTheAuthorityOfTheConnection(@TempDir Path directory) throws Exception {
        keytool(directory, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1");
        keytool(
                directory,
                "-exportcert",
                "-rfc",
                "-file",
                directory.resolve("ca.pem").toString());
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(identity(directory)));
        try (StubRegistry secure = StubRegistry.of(https)) {
            RegistryEndpoint endpoint = new RegistryEndpoint("https://127.0.0.1:" + secure.port(), "", Secret.NONE);
            try (SchemaRegistry trusting =
                            new SchemaRegistry(trusting(Files.readString(directory.resolve("ca.pem"))), endpoint);
                    SchemaRegistry doubting = new SchemaRegistry(KAFKA, endpoint)) {
                assertThat(trusting.compatibilityLevel()).isEqualTo("BACKWARD");
                assertThatExceptionOfType(SyncException.class)
                        .isThrownBy(doubting::compatibilityLevel)
                        .withMessageContaining("TLS failed")
                        .satisfies(failure -> assertThat(failure.remedy()).contains("caCertificate"));
            }
        }
    }

    private static KafkaEndpoint trusting(String pem) {
        return new KafkaEndpoint(
                "nowhere.invalid:1", KafkaSecurity.PLAINTEXT, "", Secret.NONE, pem, "", Secret.NONE, true);
    }

    private static void keytool(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "-alias",
                                        "registry",
                                        "-storepass",
                                        "changeit",
                                        "-keystore",
                                        directory.resolve("keys.p12").toString())))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static SSLContext identity(Path directory) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(directory.resolve("keys.p12"))) {
            keys.load(file, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static ThrowableAssertAlternative<SyncException> assertFails(ThrowingCallable call, FailureKind kind) {
        return assertThatExceptionOfType(SyncException.class).isThrownBy(call).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.remedy()).isNotBlank();
        });
    }
}
