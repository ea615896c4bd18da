package dev.leat.demo;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

/** Adds the servers to Leat. Not annotated, lest the scan of a test's Leat finds it and starts them there. */
class DemoConfiguration {

    static final String DIRECTORY = "demo.directory";

    @Bean(destroyMethod = "stop")
    DemoServers demoServers(@Value("${" + DIRECTORY + "}") Path directory) {
        return new DemoServers(new DemoDirectory(directory));
    }
}
