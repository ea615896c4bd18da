package dev.leat.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.leat.metadata.DataDirectory;
import dev.leat.metadata.MetadataUnavailable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets come back only at their own place and with their own key. */
class SecretCipherTest {

    private static final String PLACE = "connection/shop-db/password";

    @TempDir
    private Path temporary;

    @BeforeAll
    static void register() throws Exception {
        AeadConfig.register();
    }

    @Test
    void givesBackWhatItTook() throws Exception {
        var cipher = fresh();

        var encrypted = cipher.encrypt("pässword", PLACE);

        assertThat(encrypted).doesNotContain("ssword").isNotEqualTo(cipher.encrypt("pässword", PLACE));
        assertThat(cipher.decrypt(encrypted, PLACE)).isEqualTo("pässword");
    }

    @Test
    void refusesAnotherPlaceAnotherKeyAndAChangedText() throws Exception {
        var cipher = fresh();
        var encrypted = cipher.encrypt("secret", PLACE);

        assertThatThrownBy(() -> cipher.decrypt(encrypted, "connection/other/password"))
                .hasMessageContaining("connection/other/password");
        assertThatThrownBy(() -> fresh().decrypt(encrypted, PLACE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.decrypt("not Base64!", PLACE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsAGeneratedMasterKeyForItsOwnUserAlone() throws Exception {
        var directory = new DataDirectory(temporary.resolve("data"));
        var sealed = MasterKey.open("", directory).encrypt(bytes("text"), bytes(PLACE));

        assertThat(MasterKey.open("", directory).decrypt(sealed, bytes(PLACE))).isEqualTo(bytes("text"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("master.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void prefersAGivenMasterKey() throws Exception {
        var directory = new DataDirectory(temporary.resolve("data"));

        MasterKey.open("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", directory);

        assertThat(directory.resolve("master.key")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "AAECAwQFBgcICQoLDA0ODw==", "not Base64 at all!"})
    void refusesAMasterKeyOfAnotherShapeWithoutRepeatingIt(String given) {
        assertThatThrownBy(() -> MasterKey.open(given, new DataDirectory(temporary)))
                .isInstanceOfSatisfying(
                        MetadataUnavailable.class, e -> assertThat(e.remedy()).contains("openssl rand -base64 32"))
                .hasMessageContaining("LEAT_MASTER_KEY")
                .hasMessageNotContaining(given);
    }

    private static SecretCipher fresh() throws Exception {
        return new SecretCipher(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
