package dev.leat.settings;

/**
 * Where the schema registry beside Kafka is and how to sign in.
 *
 * @param url its address, {@code http} or {@code https}
 * @param user for Basic; empty without sign-in
 * @param password its password
 */
public record RegistryEndpoint(String url, String user, Secret password) {

    /** The address without a slash at its end. */
    public RegistryEndpoint {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
