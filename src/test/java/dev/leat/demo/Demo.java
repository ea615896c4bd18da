package dev.leat.demo;

import dev.leat.LeatApplication;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.SpringApplication;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/**
 * Leat between a sample database and a broker of its own, syncing them. Everything is kept in a directory; the next
 * start goes on where this one ended.
 */
final class Demo {

    private static final String USER = "admin";

    private final long began = System.nanoTime();
    private final DemoDirectory directory;
    private final String password;
    private final int wantedPort = Integer.parseInt(DemoApplication.setting("SERVER_PORT", "8080"));
    private final int port = DemoPorts.nextFree(wantedPort);

    Demo(DemoDirectory directory) {
        this.directory = directory;
        this.password = DemoApplication.setting("LEAT_ADMIN_PASSWORD", directory.password("admin"));
    }

    /** Returns when rows arrive; Leat goes on. */
    void run() {
        say("Starting Leat, a PostgreSQL with a sample database and a Kafka broker in " + directory + " ...");
        var servers = startLeat();
        say(description(servers));
        try {
            var task = new DemoTask(address(), USER, password);
            task.ensure(servers.shop(), servers.bootstrap());
            say("%s (%d s after the start)".formatted(task.follow(), seconds()));
        } catch (HttpClientErrorException.Unauthorized e) {
            say("The password of " + USER + " is another by now, so the demo leaves the tasks to you.");
        } catch (ConditionTimeoutException e) {
            say("Rows take longer than usual; the task's page in the console says why.");
        } catch (ResourceAccessException e) {
            say("Leat is ending.");
        } catch (RestClientException e) {
            say("Leat did not take the demo's task: " + e.getMessage());
        }
    }

    private DemoServers startLeat() {
        return SpringApplication.from(LeatApplication::main)
                .run(
                        "--server.port=" + port,
                        "--spring.datasource.url=",
                        "--leat.data-dir=" + directory.resolve("leat"),
                        "--leat.admin-password=" + password,
                        "--logging.config=classpath:demo/logback.xml",
                        "--" + DemoApplication.DIRECTORY + "=" + directory)
                .getApplicationContext()
                .getBean(DemoServers.class);
    }

    private String description(DemoServers servers) {
        return """

                ================================================================================
                  Leat's demo is running.

                  Console      %s%s
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
                        port == wantedPort ? "" : " (port %d is taken)".formatted(wantedPort),
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

    private static void say(String text) {
        System.out.println(text);
    }
}
