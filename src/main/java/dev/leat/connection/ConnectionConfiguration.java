package dev.leat.connection;

import dev.leat.secret.SecretCipher;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the room's parts. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    @Bean
    Connections connections(
            ConnectionRepository rows, SecretCipher cipher, Clock clock, ObjectProvider<ConnectionUse> uses) {
        return new Connections(new ConnectionStore(rows, cipher, clock), () -> uses.stream());
    }
}
