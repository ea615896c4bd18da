package dev.leat.secret;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import dev.leat.metadata.DataDirectory;
import dev.leat.metadata.MetadataUnavailable;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/** The key that encrypts the other keys: given from outside, or kept in a file of the data directory. */
final class MasterKey {

    private static final int BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private MasterKey() {}

    /**
     * The cipher of the master key.
     *
     * @param given 32 bytes in Base64; empty for the file {@code master.key}, which is made when missing
     * @throws MetadataUnavailable when the key has another shape
     */
    static Aead open(String given, DataDirectory directory) throws GeneralSecurityException {
        if (!given.isEmpty()) {
            return aead(decode(given, "LEAT_MASTER_KEY"));
        }
        String kept = directory.secret("master.key", MasterKey::fresh);
        return aead(decode(kept, "The key file " + directory.resolve("master.key")));
    }

    private static byte[] decode(String text, String subject) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != BYTES) {
            throw new MetadataUnavailable(
                    subject + " is not " + BYTES + " bytes in Base64.",
                    "Make a key with: openssl rand -base64 " + BYTES
                            + " - or give the one that protected the secrets so far.",
                    null);
        }
        return key;
    }

    @AccessesPartialKey
    private static Aead aead(byte[] key) throws GeneralSecurityException {
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(BYTES)
                .setIvSizeBytes(NONCE_BYTES)
                .setTagSizeBytes(TAG_BYTES)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        AesGcmKey aes = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                .build();
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(aes).withRandomId().makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static String fresh() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
