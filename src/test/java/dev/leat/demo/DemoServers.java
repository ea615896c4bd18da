package dev.leat.demo;

import dev.leat.fixture.Database;
import dev.leat.fixture.EmbeddedKafkaServer;
import dev.leat.fixture.EmbeddedPostgresServer;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;

/** What Leat works between: a PostgreSQL with the sample database, somebody who uses it, and a Kafka broker. */
final class DemoServers implements SmartLifecycle {

    private static final String DATABASE = "shop";
    private static final int MAJOR = 18;
    private static final int POSTGRES_PORT = 25432;
    private static final int KAFKA_PORT = 29092;
    private static final int KAFKA_SASL_PORT = 29093;
    private static final int KAFKA_CONTROLLER_PORT = 29094;

    private final DemoDirectory directory;
    private final DemoPorts ports;
    private EmbeddedPostgresServer postgres;
    private EmbeddedKafkaServer kafka;
    private Database shop;
    private SampleLoad load;
    private volatile boolean running;

    DemoServers(DemoDirectory directory) {
        this.directory = directory;
        this.ports = new DemoPorts(directory.resolve("ports.properties"));
    }

    /** Starts both servers, at the first time with the sample rows; a few seconds. */
    @Override
    public synchronized void start() {
        running = true;
        var broker = CompletableFuture.runAsync(
                this::startKafka, task -> Thread.ofPlatform().start(task));
        try {
            startPostgres();
        } finally {
            broker.join();
        }
        load = SampleLoad.start(shop);
    }

    /** Ends who uses the servers, then the servers; what they hold is kept. */
    @Override
    public synchronized void stop() {
        if (load != null) {
            load.close();
        }
        if (kafka != null) {
            kafka.stop();
        }
        if (postgres != null) {
            postgres.stop(false);
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything that is started, after everything that is stopped. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /** The sample database, as its owner sees it. */
    Database shop() {
        return shop;
    }

    /** Host and port of the broker. */
    String bootstrap() {
        return kafka.bootstrap();
    }

    private void startPostgres() {
        var home = directory.resolve("source");
        int port = ports.ofProcess("source", POSTGRES_PORT, home.resolve("data/postmaster.pid"));
        postgres = new EmbeddedPostgresServer(MAJOR, home, port, directory.password("source"));
        shop = SampleDatabase.prepare(postgres, DATABASE);
    }

    private void startKafka() {
        kafka = new EmbeddedKafkaServer(
                directory.resolve("kafka"),
                ports.of("kafka", KAFKA_PORT),
                ports.of("kafka.sasl", KAFKA_SASL_PORT),
                ports.of("kafka.controller", KAFKA_CONTROLLER_PORT));
    }
}
