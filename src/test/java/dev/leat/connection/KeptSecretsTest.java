package dev.leat.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A mask stands for a secret only on the way that the secret went before. */
class KeptSecretsTest {

    private static final String SOURCE = "'kind': 'POSTGRESQL', 'host': 'db', 'port': 5432, 'database': 'shop',"
            + " 'user': 'leat', 'sslMode': 'REQUIRE', 'password': {'value': '%s'}";
    private static final String KAFKA = "'kind': 'KAFKA', 'bootstrapServers': 'a:9092,b:9092',"
            + " 'security': 'SASL_SCRAM_SHA_256', 'password': {'value': '%1$s'},"
            + " 'schemaRegistry': {'url': 'https://r:8085/api', 'user': 'u', 'password': {'value': '%1$s'}}";

    @ParameterizedTest
    @ValueSource(strings = {"", "db>DB", "shop>sales", "'leat'>'other'", "REQUIRE>VERIFY_FULL", "'port': 5432,>"})
    void keepsWhatGoesToTheSameServer(String change) {
        assertThat(source(SOURCE, change)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db>mine", "5432>5433", "REQUIRE>PREFER", "REQUIRE>DISABLE", "'sslMode': 'REQUIRE',>"})
    void asksAgainForWhatWouldGoElsewhereOrLessProtected(String change) {
        assertThat(source(SOURCE, change)).isFalse();
    }

    @Test
    void asksAgainWhereAnotherAuthorityVouchesForTheServer() {
        String verified = SOURCE.replace("REQUIRE", "VERIFY_FULL") + ", 'caCertificate': 'one'";

        assertThat(source(verified, "")).isTrue();
        assertThat(source(verified, "one>two")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a:9092,b:9092>b:9092", "SASL_SCRAM_SHA_256>SASL_TLS_SCRAM_SHA_512", "/api>/apis", "'u'>'v'"})
    void keepsWhatGoesToTheSameBrokersAndRegistry(String change) {
        var filled = filled(KAFKA, change);

        assertThat(secret(filled.password())).isTrue();
        assertThat(secret(filled.registryPassword())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b:9092>c:9092", "SASL_SCRAM_SHA_256>SASL_PLAIN", "SASL_SCRAM_SHA_256>SASL_TLS_PLAIN"})
    void asksAgainForWhatAnotherBrokerWouldLearn(String change) {
        var filled = filled(KAFKA, change);

        assertThat(secret(filled.password())).isFalse();
        assertThat(secret(filled.registryPassword())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r:8085>s:8085",
                "r:8085>r:8086",
                "https>http",
                "'schemaRegistry'>'caCertificate': 'two', 'schemaRegistry'"
            })
    void asksAgainForWhatAnotherRegistryWouldLearn(String change) {
        var filled = filled(KAFKA, change);

        assertThat(secret(filled.password())).isTrue();
        assertThat(secret(filled.registryPassword())).isFalse();
    }

    @Test
    void asksAgainWhereASourceBecomesAKafka() {
        var next = draft(KAFKA.formatted(Secret.MASK));

        assertThat(secret(new KeptSecrets(draft(SOURCE.formatted("kept")), next)
                        .filled()
                        .password()))
                .isFalse();
    }

    private static boolean source(String before, String change) {
        return secret(filled(before, change).password());
    }

    private static boolean secret(Secret secret) {
        assertThat(secret.value()).isIn("kept", Secret.MASK);
        return secret.value().equals("kept");
    }

    /** The change is what stands before it and what comes in its place. */
    private static ConnectionSecrets filled(String before, String change) {
        String[] parts = (change + " ").split(">");
        String next = change.isEmpty() ? before : before.replace(parts[0], parts[1].strip());
        return new KeptSecrets(draft(before.formatted("kept")), draft(next.formatted(Secret.MASK))).filled();
    }

    private static ConnectionDraft draft(String fields) {
        return JsonMapper.shared().readValue("{" + fields.replace('\'', '"') + "}", ConnectionDraft.class);
    }
}
