package dev.leat.demo;

import dev.leat.LeatApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Starts Leat between a sample database and a broker of its own, and lets it sync them. Everything is kept in
 * {@code demo-data}; the next start goes on where this one ended.
 */
public final class DemoApplication {

    private static final int HTTP_PORT = 8080;
    private static final String USER = "admin";

    private final long began = System.nanoTime();
    private final DemoDirectory directory = new DemoDirectory(Path.of(setting("LEAT_DEMO_DIR", "demo-data")));
    private final String password = setting("LEAT_ADMIN_PASSWORD", directory.password("admin"));
    private final int port = DemoPorts.nextFree(Integer.parseInt(setting("SERVER_PORT", Integer.toString(HTTP_PORT))));

    private DemoApplication() {}

    public static void main(String[] arguments) {
        new DemoApplication().run();
    }

    private void run() {
        say("Starting Leat, a PostgreSQL with a sample database and a Kafka broker in " + directory + " ...");
        var servers = startLeat();
        say(description(servers));
        try {
            var task = new DemoTask(address(), USER, password);
            task.ensure(servers.shop(), servers.bootstrap());
            String line = task.follow();
            say("%s (%d s after the start)".formatted(line, seconds()));
        } catch (HttpClientErrorException.Unauthorized e) {
            say("The password of " + USER + " is another by now, so the demo leaves the tasks to you.");
        }
    }

    private DemoServers startLeat() {
        return SpringApplication.from(LeatApplication::main)
                .with(DemoConfiguration.class)
                .run(
                        "--server.port=" + port,
                        "--spring.datasource.url=",
                        "--leat.data-dir=" + directory.resolve("leat"),
                        "--leat.admin-password=" + password,
                        "--logging.config=classpath:demo/logback.xml",
                        "--" + DemoConfiguration.DIRECTORY + "=" + directory)
                .getApplicationContext()
                .getBean(DemoServers.class);
    }

    private String description(DemoServers servers) {
        return """

                ================================================================================
                  Leat's demo is running.

                  Console      %s
                               user %s, password %s
                  Task         %s: the whole database, to topics shop.<schema>.<table>
                  Source       %s
                               user %s, password %s; some thirty changes a second
                  Destination  Kafka at %s

                  Ctrl-C ends it, and the next start goes on from there.
                  To begin anew, delete %s.
                ================================================================================
                """.formatted(
                        address(),
                        USER,
                        password,
                        DemoTask.NAME,
                        servers.shop().jdbcUrl(),
                        SampleDatabase.OWNER,
                        SampleDatabase.OWNER_PASSWORD,
                        servers.bootstrap(),
                        directory);
    }

    private String address() {
        return "http://localhost:" + port;
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static String setting(String name, String otherwise) {
        return Objects.requireNonNullElse(System.getenv(name), otherwise);
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
