package dev.leat.demo;

import java.nio.file.Path;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Starts the demo; adds its servers to Leat. Named an application so that {@code spring-boot:test-run} tells it from
 * other mains, and left out where the tests run Leat.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConditionalOnProperty(DemoApplication.DIRECTORY)
public class DemoApplication {

    static final String DIRECTORY = "demo.directory";

    public static void main(String[] arguments) {
        new Demo(new DemoDirectory(Path.of(setting("LEAT_DEMO_DIR", "demo-data")))).run();
    }

    @Bean(destroyMethod = "stop")
    DemoServers demoServers(@Value("${" + DIRECTORY + "}") Path directory) {
        return new DemoServers(new DemoDirectory(directory));
    }

    /** An environment variable, or what it is otherwise. */
    static String setting(String name, String otherwise) {
        return Objects.requireNonNullElse(System.getenv(name), otherwise);
    }
}
