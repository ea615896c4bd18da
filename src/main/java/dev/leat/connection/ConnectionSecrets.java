package dev.leat.connection;

import dev.leat.secret.SecretCipher;
import dev.leat.settings.Secret;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The secrets of one connection, by the fields that they belong to; null where there is none. */
record ConnectionSecrets(
        @Nullable Secret password,
        @Nullable Secret clientKey,
        @Nullable Secret registryPassword) {

    static final ConnectionSecrets NONE = new ConnectionSecrets(null, null, null);

    private static final String PASSWORD = "password";
    private static final String CLIENT_KEY = "clientKey";
    private static final String REGISTRY_PASSWORD = "schemaRegistry.password";

    /** Where the mask stands, what was there before. */
    ConnectionSecrets keeping(ConnectionSecrets before) {
        return new ConnectionSecrets(
                kept(password, before.password()),
                kept(clientKey, before.clientKey()),
                kept(registryPassword, before.registryPassword()));
    }

    /** The mask for each of the fields. */
    static ConnectionSecrets masks(Set<String> fields) {
        return new ConnectionSecrets(mask(fields, PASSWORD), mask(fields, CLIENT_KEY), mask(fields, REGISTRY_PASSWORD));
    }

    /** Base64 of the ciphertext by field. */
    Map<String, String> encrypt(SecretCipher cipher, String connection) {
        Map<String, String> encrypted = new TreeMap<>();
        fields().forEach((field, secret) ->
                encrypted.put(field, cipher.encrypt(secret.value(), place(connection, field))));
        return encrypted;
    }

    static ConnectionSecrets decrypt(Map<String, String> encrypted, SecretCipher cipher, String connection) {
        Map<String, Secret> secrets = new TreeMap<>();
        encrypted.forEach((field, text) ->
                secrets.put(field, new Secret(cipher.decrypt(text, place(connection, field)))));
        return new ConnectionSecrets(secrets.get(PASSWORD), secrets.get(CLIENT_KEY), secrets.get(REGISTRY_PASSWORD));
    }

    private Map<String, Secret> fields() {
        Map<String, Secret> fields = new TreeMap<>();
        put(fields, PASSWORD, password);
        put(fields, CLIENT_KEY, clientKey);
        put(fields, REGISTRY_PASSWORD, registryPassword);
        return fields;
    }

    private static void put(Map<String, Secret> fields, String field, @Nullable Secret secret) {
        if (secret != null && !secret.isEmpty()) {
            fields.put(field, secret);
        }
    }

    private static String place(String connection, String field) {
        return "connection/" + connection + "/" + field;
    }

    static boolean isMask(@Nullable Secret secret) {
        return secret != null && secret.value().equals(Secret.MASK);
    }

    private static @Nullable Secret kept(@Nullable Secret sent, @Nullable Secret before) {
        return isMask(sent) && before != null ? before : sent;
    }

    private static @Nullable Secret mask(Set<String> fields, String field) {
        return fields.contains(field) ? new Secret(Secret.MASK) : null;
    }
}
