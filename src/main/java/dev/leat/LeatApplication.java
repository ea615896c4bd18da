package dev.leat;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Leat. */
@SpringBootApplication
public class LeatApplication {

    public static void main(String[] args) {
        SpringApplication.run(LeatApplication.class, args);
    }
}
