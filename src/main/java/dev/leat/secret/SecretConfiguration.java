package dev.leat.secret;

import com.google.crypto.tink.aead.AeadConfig;
import dev.leat.metadata.DataDirectory;
import java.security.GeneralSecurityException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the keys when Leat starts, so that a wrong master key is told at once. */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

    @Bean
    SecretCipher secretCipher(
            JdbcClient jdbc, DataDirectory directory, Clock clock, @Value("${leat.master-key}") String masterKey)
            throws GeneralSecurityException {
        AeadConfig.register();
        return new SecretCipher(new Keyset(jdbc, MasterKey.open(masterKey, directory), clock).open());
    }
}
