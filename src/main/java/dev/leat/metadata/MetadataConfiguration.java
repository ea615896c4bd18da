package dev.leat.metadata;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Provides the data directory, and the database where none is given. */
@Configuration(proxyBeanMethods = false)
class MetadataConfiguration {

    @Bean
    DataDirectory dataDirectory(@Value("${leat.data-dir}") Path path) {
        return new DataDirectory(path);
    }

    /** Everything that uses the database depends on this bean, and so ends before it does. */
    @Bean(destroyMethod = "close")
    @Conditional(NoDatabaseGiven.class)
    EmbeddedMetadata embeddedMetadata(DataDirectory directory) {
        return EmbeddedMetadata.start(directory);
    }

    /** No {@code spring.datasource.url} is set. */
    static final class NoDatabaseGiven implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
        }
    }
}
