package dev.leat;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts Leat. */
@SpringBootApplication
public class LeatApplication {

    public static void main(String[] args) {
        SpringApplication.run(LeatApplication.class, args);
    }

    /** The time for all rooms. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
