package dev.leat.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Secret;
import dev.leat.settings.SslMode;
import dev.leat.settings.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Every rule of a connection, and that all are told at once. */
class ConnectionRulesTest {

    private static final String SOURCE =
            "'name': 'shop-db', 'kind': 'POSTGRESQL', 'host': 'h', 'database': 'shop', 'user': 'leat'";
    private static final String KAFKA = "'name': 'events', 'kind': 'KAFKA', 'bootstrapServers': 'h:9092'";

    @Test
    void acceptsTheLeast() {
        assertThat(fields(SOURCE)).isEmpty();
        assertThat(fields(KAFKA)).isEmpty();
        assertThat(fields(SOURCE.replace("POSTGRESQL", "ANALYTICDB_POSTGRESQL")))
                .isEmpty();
    }

    @Test
    void asksForEverythingThatIsMissing() {
        assertThat(fields("")).containsExactlyInAnyOrder("name", "kind");
        assertThat(fields("'name': 'a', 'kind': 'POSTGRESQL'")).containsExactlyInAnyOrder("host", "database", "user");
        assertThat(fields("'name': 'a', 'kind': 'KAFKA'")).containsExactly("bootstrapServers");
    }

    @Test
    void refusesFieldsOfTheOtherKind() {
        assertThat(fields(SOURCE + ", 'bootstrapServers': 'h:1', 'security': 'PLAINTEXT', 'createTopics': true,"
                        + " 'schemaRegistry': {'url': 'http://h'}"))
                .containsExactlyInAnyOrder("bootstrapServers", "security", "createTopics", "schemaRegistry");
        assertThat(fields(KAFKA + ", 'host': 'h', 'port': 1, 'database': 'd', 'sslMode': 'PREFER'"))
                .containsExactlyInAnyOrder("host", "port", "database", "sslMode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "h:", "h:0", "h:65536", "h:9092,", "http://h:9092", "h:9092;i:9092", "a b:1"})
    void refusesBootstrapServersThatAreNone(String servers) {
        assertThat(fields(KAFKA.replace("h:9092", servers))).containsExactly("bootstrapServers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h:1", "h:9092,i.example.com:9093", "10.0.0.1:9092 , 10.0.0.2:9092", "[::1]:9092"})
    void acceptsBootstrapServers(String servers) {
        assertThat(fields(KAFKA.replace("h:9092", servers))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.example.com", "10.0.0.5", "::1", "my_host-1"})
    void acceptsHosts(String host) {
        assertThat(fields(SOURCE.replace("'h'", "'" + host + "'"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h:5432", "jdbc:postgresql://h", "a b", "a/b", "h,i"})
    void refusesHostsThatAreNone(String host) {
        assertThat(fields(SOURCE.replace("'h'", "'" + host + "'"))).containsExactly("host");
    }

    @Test
    void asksForCredentialsExactlyWhereSomeoneSignsIn() {
        assertThat(fields(KAFKA + ", 'security': 'SASL_SCRAM_SHA_256'")).containsExactlyInAnyOrder("user", "password");
        assertThat(fields(KAFKA + ", 'user': 'u'")).containsExactly("user");
        assertThat(fields(KAFKA + ", 'security': 'TLS', 'clientCertificate': 'x'"))
                .containsExactlyInAnyOrder("clientKey", "clientCertificate");
    }

    @Test
    void asksForAnAuthorityWhereTheCertificateIsChecked() {
        assertThat(fields(SOURCE + ", 'sslMode': 'VERIFY_FULL'")).containsExactly("caCertificate");
        assertThat(fields(SOURCE + ", 'caCertificate': 'no pem'")).containsExactly("caCertificate");
        assertThat(fields(SOURCE + ", 'sslMode': 'REQUIRE'")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"http://h:8081,0", "https://h,0", "ftp://h,1", "h:8081,1", "http://user:pass@h,1"})
    void checksTheRegistrysAddress(String url, int violations) {
        assertThat(fields(KAFKA + ", 'schemaRegistry': {'url': '" + url + "'}")).hasSize(violations);
    }

    @Test
    void refusesAMaskThatStandsForNothing() {
        assertThat(fields(SOURCE + ", 'password': {'value': '***'}")).containsExactly("password");
    }

    @Test
    void fillsInWhatWasLeftOut() {
        var source = Endpoints.withDefaults(draft(SOURCE));
        assertThat(source.port()).isEqualTo(5432);
        assertThat(source.sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(source.createTopics()).isNull();
        assertThat(Endpoints.kafka(Endpoints.withDefaults(draft(KAFKA))).createTopics())
                .isTrue();
        assertThat(Endpoints.kafka(Endpoints.withDefaults(draft(KAFKA + ", 'createTopics': false")))
                        .createTopics())
                .isFalse();
    }

    @Test
    void treatsBlankTextsAsAbsent() {
        var draft = draft(SOURCE + ", 'caCertificate': '  ', 'password': {'value': ''}, 'schemaRegistry': {'url': ''}");

        assertThat(draft.caCertificate()).isNull();
        assertThat(draft.password()).isNull();
        assertThat(draft.schemaRegistry()).isNull();
        assertThatCode(() -> ConnectionRules.check(draft)).doesNotThrowAnyException();
    }

    @Test
    void neverPrintsASecret() {
        assertThat(draft(SOURCE + ", 'password': {'value': 'hidden-one'}").toString())
                .doesNotContain("hidden-one")
                .contains(Secret.MASK);
    }

    private static ConnectionDraft draft(String fields) {
        return JsonMapper.shared().readValue("{" + fields.replace('\'', '"') + "}", ConnectionDraft.class);
    }

    private static List<String> fields(String draft) {
        var refused = catchThrowableOfType(InvalidSettings.class, () -> ConnectionRules.check(draft(draft)));
        return refused == null
                ? List.of()
                : refused.violations().stream().map(Violation::field).toList();
    }
}
