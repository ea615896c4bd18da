package dev.leat.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.connection.ConnectivityReport.Name;
import dev.leat.connection.ConnectivityReport.Outcome;
import dev.leat.connection.ConnectivityReport.Step;
import dev.leat.fixture.Certificate;
import dev.leat.fixture.Database;
import dev.leat.fixture.KafkaServer;
import dev.leat.fixture.Ports;
import dev.leat.fixture.PostgresServer;
import dev.leat.fixture.Servers;
import dev.leat.fixture.StubRegistry;
import dev.leat.settings.KafkaEndpoint;
import dev.leat.settings.KafkaSecurity;
import dev.leat.settings.RegistryEndpoint;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connectivity test names the step that fails and the remedy, on real servers. */
@Timeout(60)
class ConnectivityIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void findsAWorkingSourceStepByStep() {
        var report = source(Servers.postgres(18).admin(), "", SslMode.PREFER);

        assertThat(report.ok()).isTrue();
        assertThat(report.steps())
                .extracting(Step::step)
                .containsExactly(Name.RESOLVE, Name.CONNECT, Name.SIGN_IN, Name.READ);
        assertThat(report.steps().getLast().message())
                .startsWith("PostgreSQL 18.")
                .contains("not encrypted");
        assertThat(report.steps()).allMatch(step -> step.remedy() == null);
    }

    @Test
    void findsAClosedPort() {
        var report = source(new Database("127.0.0.1", Ports.free(), "shop", "leat", ""), "", SslMode.PREFER);

        var step = failed(report, Name.CONNECT);
        assertThat(step.message()).contains("127.0.0.1:", "cannot be connected to");
        assertThat(step.remedy()).contains("listens");
        assertThat(report.steps())
                .filteredOn(later -> later.outcome() == Outcome.NOT_RUN)
                .extracting(Step::step)
                .containsExactly(Name.SIGN_IN, Name.READ);
    }

    @Test
    void findsAnUnknownName() {
        var report = source(new Database("nowhere.invalid", 5432, "shop", "leat", ""), "", SslMode.PREFER);

        assertThat(failed(report, Name.RESOLVE).message()).contains("'nowhere.invalid' is not known");
    }

    @Test
    void findsAWrongPassword() {
        var database = Servers.postgres(18).newDatabase();
        withHostRule(database, "scram-sha-256", () -> {
            var report = source(database.as(PostgresServer.LEAT, "wrong"), "wrong", SslMode.PREFER);

            var step = failed(report, Name.SIGN_IN);
            assertThat(step.message())
                    .contains("password authentication failed")
                    .doesNotContain("wrong");
            assertThat(step.remedy()).contains("password");
        });
        database.drop();
    }

    @Test
    void aServerThatAskedForThePasswordInTheClearWasGivenIt() {
        var database = Servers.postgres(18).newDatabase();
        withHostRule(database, "password", () -> {
            var report = source(database.as(PostgresServer.LEAT, ""), PostgresServer.LEAT_PASSWORD, SslMode.PREFER);

            var step = failed(report, Name.SIGN_IN);
            assertThat(step.message()).contains("in the clear", "not sent");
            assertThat(step.remedy()).contains("scram-sha-256", "verify-full");
        });
        database.drop();
    }

    @Test
    void writesTheLineThatPgHbaConfLacks() {
        var database = Servers.postgres(18).newDatabase();
        withHostRule(database, "reject", () -> {
            var report = source(database.as(PostgresServer.LEAT, ""), PostgresServer.LEAT_PASSWORD, SslMode.PREFER);

            assertThat(failed(report, Name.SIGN_IN).remedy())
                    .contains("host " + database.name() + " leat 127.0.0.1/32 scram-sha-256");
        });
        database.drop();
    }

    @Test
    void tellsWhatMayBeReadAndFindsThatNothingMay() {
        var database = Servers.postgres(18).newDatabase();
        String role = "reader_" + database.name();
        try {
            database.execute("CREATE ROLE " + role + " LOGIN", "CREATE TABLE a (id int)", "CREATE TABLE b (id int)");
            var reader = new Database(database.host(), database.port(), database.name(), role, "");
            var step = failed(source(reader, "", SslMode.PREFER), Name.READ);
            assertThat(step.message()).contains(role, "none of the 2 tables", database.name());
            assertThat(step.remedy()).contains("GRANT SELECT ON ALL TABLES IN SCHEMA … TO \"" + role + "\";");

            database.execute("GRANT SELECT ON a TO " + role);

            assertThat(source(reader, "", SslMode.PREFER).steps().getLast().message())
                    .endsWith("The user may read 1 of 2 tables in this one.");
        } finally {
            database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
            database.drop();
        }
    }

    @Test
    void showsTheCertificateOfARealSource() throws Exception {
        var server = Servers.postgres(18);
        var shown = Certificate.generate();
        encrypt(server, shown);
        try {
            var report = encrypted(server.admin(), shown.certificate());
            assertThat(report.ok()).as(report.toString()).isTrue();
            assertThat(report.steps())
                    .extracting(Step::step)
                    .containsExactly(Name.RESOLVE, Name.CONNECT, Name.TLS, Name.SIGN_IN, Name.READ);
            assertThat(report.steps().get(2).message())
                    .contains("Encrypted, sslMode verify-full.", "CN=localhost (", "expires in 2 days");
            assertThat(report.steps().getLast().message()).contains(", encrypted, ");

            var step = failed(encrypted(server.admin(), Certificate.generate().certificate()), Name.TLS);
            assertThat(step.message()).contains("The server shows a certificate for CN=localhost");
            assertThat(step.remedy()).contains("caCertificate");
        } finally {
            server.admin().execute("ALTER SYSTEM RESET ssl", "SELECT pg_reload_conf()");
        }
    }

    private static ConnectivityReport encrypted(Database database, String authority) {
        return new SourceTrial(new SourceEndpoint(
                        SourceKind.POSTGRESQL,
                        database.host(),
                        database.port(),
                        database.name(),
                        database.user(),
                        new Secret(database.password()),
                        SslMode.VERIFY_FULL,
                        authority))
                .run();
    }

    private static void encrypt(PostgresServer server, Certificate certificate) throws IOException {
        Path directory = Path.of(server.admin().value("SHOW data_directory"));
        assumeTrue(Files.isDirectory(directory), "the server's files are elsewhere");
        Files.writeString(directory.resolve("server.crt"), certificate.certificate());
        Path key = directory.resolve("server.key");
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, certificate.key());
        server.admin().execute("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
        await().until(() -> server.admin().value("SHOW ssl").equals("on"));
    }

    @Test
    void findsAMissingDatabase() {
        var admin = Servers.postgres(18).admin();
        var missing = new Database(admin.host(), admin.port(), "no_such_db", admin.user(), "");

        var step = failed(source(missing, "", SslMode.PREFER), Name.SIGN_IN);

        assertThat(step.message()).contains("no_such_db");
        assertThat(step.remedy()).contains("database");
    }

    @Test
    void findsAServerWithoutTls() {
        var report = source(Servers.postgres(18).admin(), "", SslMode.REQUIRE);

        assertThat(failed(report, Name.TLS).remedy()).contains("sslMode prefer");
    }

    @Test
    void findsAServerThatNeverAnswers() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var start = System.nanoTime();

            var source =
                    source(new Database("127.0.0.1", silent.getLocalPort(), "shop", "leat", ""), "", SslMode.PREFER);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
            failed(source, Name.SIGN_IN);

            var again = System.nanoTime();
            var kafka = new KafkaTrial(KafkaEndpoint.plaintext("127.0.0.1:" + silent.getLocalPort())).run();
            assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(LIMIT);
            assertThat(failed(kafka, Name.SIGN_IN).remedy()).contains("PLAINTEXT");
        }
    }

    @Test
    void triesTheSchemaRegistryToo() {
        try (StubRegistry registry = StubRegistry.start().only("leat", "s3cret")) {
            KafkaEndpoint kafka = KafkaEndpoint.plaintext(Servers.kafka().bootstrap());
            var right = new KafkaTrial(kafka.with(new RegistryEndpoint(registry.url(), "leat", new Secret("s3cret"))));
            var wrong = new KafkaTrial(kafka.with(new RegistryEndpoint(registry.url(), "leat", new Secret("other"))));

            var report = right.run();
            assertThat(report.ok()).isTrue();
            assertThat(report.steps().getLast().step()).isEqualTo(Name.REGISTRY);
            assertThat(report.steps().getLast().message()).contains(registry.url(), "BACKWARD");
            var step = failed(wrong.run(), Name.REGISTRY);
            assertThat(step.message()).contains("does not accept the user leat").doesNotContain("other");
            assertThat(step.remedy()).contains("schemaRegistry.password");
        }
    }

    @Test
    void findsAWorkingKafka() {
        var report = new KafkaTrial(KafkaEndpoint.plaintext(
                        "127.0.0.1:" + Ports.free() + "," + Servers.kafka().bootstrap()))
                .run();

        assertThat(report.ok()).isTrue();
        assertThat(report.steps())
                .extracting(Step::step)
                .containsExactly(Name.RESOLVE, Name.CONNECT, Name.SIGN_IN, Name.READ);
        assertThat(report.steps().get(1).message()).contains("But: 127.0.0.1:");
        assertThat(report.steps().getLast().message()).startsWith("1 broker, ");
    }

    @Test
    void signsInToKafkaByTheRightPasswordOnly() {
        assertThat(scram(KafkaServer.PASSWORD).ok()).isTrue();

        var step = failed(scram("wrong"), Name.SIGN_IN);

        assertThat(step.message()).contains("Authentication failed").doesNotContain("wrong");
        assertThat(step.remedy()).contains("SCRAM-SHA-256");
    }

    @Test
    void findsAKafkaListenerThatAsksForASignIn() {
        var report = new KafkaTrial(KafkaEndpoint.plaintext(Servers.kafka().saslBootstrap())).run();

        assertThat(failed(report, Name.SIGN_IN).remedy()).contains("not one with TLS or SASL");
    }

    @Test
    void findsAKafkaListenerWithoutTls() {
        var kafka = Servers.kafka().bootstrap();
        var report = new KafkaTrial(
                        new KafkaEndpoint(kafka, KafkaSecurity.TLS, "", Secret.NONE, "", "", Secret.NONE, true))
                .run();

        assertThat(report.ok()).isFalse();
        assertThat(report.steps())
                .filteredOn(step -> step.outcome() == Outcome.FAILED)
                .hasSize(1);
    }

    @Test
    void namesTheAdvertisedAddressThatCannotBeReached() throws Exception {
        try (var broker = new FakeBroker(new HostPort("kafka.invalid", 9092))) {
            var step = failed(new KafkaTrial(KafkaEndpoint.plaintext(broker.bootstrap())).run(), Name.READ);

            assertThat(step.message()).contains("Broker 1 tells its clients to use kafka.invalid:9092");
            assertThat(step.remedy()).contains("advertised.listeners");
        }
    }

    private static ConnectivityReport scram(String password) {
        return new KafkaTrial(new KafkaEndpoint(
                        Servers.kafka().saslBootstrap(),
                        KafkaSecurity.SASL_SCRAM_SHA_256,
                        KafkaServer.USER,
                        new Secret(password),
                        "",
                        "",
                        Secret.NONE,
                        true))
                .run();
    }

    private static ConnectivityReport source(Database database, String password, SslMode mode) {
        return new SourceTrial(new SourceEndpoint(
                        SourceKind.POSTGRESQL,
                        database.host(),
                        database.port(),
                        database.name(),
                        database.user(),
                        new Secret(password),
                        mode,
                        ""))
                .run();
    }

    private static Step failed(ConnectivityReport report, Name name) {
        assertThat(report.ok()).isFalse();
        var step = report.steps().stream()
                .filter(s -> s.outcome() == Outcome.FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(step.step()).as(report.toString()).isEqualTo(name);
        return step;
    }

    /** Puts a line before the server's own in pg_hba.conf while the action runs. */
    private static void withHostRule(Database database, String method, Runnable action) {
        var admin = Servers.postgres(18).admin();
        var file = admin.value("SHOW hba_file");
        var before = admin.value("SELECT pg_read_file(?)", file);
        write(admin, file, "host " + database.name() + " leat all " + method + "\n" + before);
        try {
            action.run();
        } finally {
            write(admin, file, before);
        }
    }

    private static void write(Database admin, String file, String text) {
        admin.execute(
                "COPY (SELECT regexp_split_to_table('" + text.replace("'", "''") + "', E'\\n')) TO '" + file + "'",
                "SELECT pg_reload_conf()");
    }
}
