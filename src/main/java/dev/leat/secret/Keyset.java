package dev.leat.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.leat.metadata.MetadataUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys that encrypt secrets, kept in the database so that every replica has the same, under the master key. */
final class Keyset {

    private static final byte[] PLACE = "keyset".getBytes(StandardCharsets.UTF_8);

    private final JdbcClient jdbc;
    private final Aead masterKey;
    private final Clock clock;

    Keyset(JdbcClient jdbc, Aead masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /**
     * Reads the keys; the first start makes them.
     *
     * @throws MetadataUnavailable when the master key is not the one they were stored with
     */
    KeysetHandle open() throws GeneralSecurityException {
        if (exists()) {
            return read();
        }
        KeysetHandle fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        // when another replica was first, its keys stay
        jdbc.sql("INSERT INTO keyset (id, encrypted, created_at) VALUES (1, :encrypted, :now) ON CONFLICT DO NOTHING")
                .param("encrypted", TinkProtoKeysetFormat.serializeEncryptedKeyset(fresh, masterKey, PLACE))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return read();
    }

    private boolean exists() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM keyset)")
                .query(Boolean.class)
                .single();
    }

    private KeysetHandle read() {
        byte[] encrypted =
                jdbc.sql("SELECT encrypted FROM keyset").query(byte[].class).single();
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(encrypted, masterKey, PLACE);
        } catch (GeneralSecurityException e) {
            throw new MetadataUnavailable(
                    "The master key is not the one that protects the secrets in this metadata database.",
                    "Give the same LEAT_MASTER_KEY, or the same file master.key in LEAT_DATA_DIR, as at the first"
                            + " start; several replicas need the same.",
                    e);
        }
    }
}
