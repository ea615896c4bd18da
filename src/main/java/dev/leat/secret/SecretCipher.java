package dev.leat.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** Encrypts secrets, each bound to the place where it is kept, so that a copy elsewhere cannot be read. */
public final class SecretCipher {

    private final Aead aead;

    SecretCipher(KeysetHandle keyset) throws GeneralSecurityException {
        this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /**
     * Encrypts a text.
     *
     * @param place where it is kept, such as {@code connection/shop-db/password}
     * @return Base64 of the ciphertext
     */
    public String encrypt(String text, String place) {
        try {
            return Base64.getEncoder().encodeToString(aead.encrypt(bytes(text), bytes(place)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The secret of " + place + " cannot be encrypted.", e);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made for the same place.
     *
     * @throws IllegalStateException when it was made for another place or with other keys
     */
    public String decrypt(String encrypted, String place) {
        try {
            byte[] text = aead.decrypt(Base64.getDecoder().decode(encrypted), bytes(place));
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The secret of " + place + " cannot be decrypted: it was changed or moved in the database.", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
