package dev.leat.connection;

import dev.leat.settings.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry beside Kafka.
 *
 * @param url where it is, {@code http} or {@code https}
 * @param user for Basic; null without sign-in
 * @param password its password; null without
 */
public record SchemaRegistry(
        @Nullable String url,
        @Nullable String user,
        @Nullable Secret password) {}
