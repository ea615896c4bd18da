package dev.leat.walk;

import dev.leat.fixture.Database;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Debezium's own PostgreSQL connector, driven as a Connect worker drives it, up to the bytes of its records. */
final class DebeziumPeer implements AutoCloseable {

    static final String PREFIX = "peer";

    /** A record as Kafka would hold it. */
    record Sent(String topic, byte[] key, byte[] value, Map<String, byte[]> headers) {}

    private final PostgresConnectorTask task = new PostgresConnectorTask();
    private final JsonConverter keys = new JsonConverter();
    private final JsonConverter values = new JsonConverter();

    /** Starts the connector; it copies what is there and then follows. */
    DebeziumPeer(Database source, Map<String, String> options) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.put("name", PREFIX);
        settings.put("topic.prefix", PREFIX);
        settings.put("database.hostname", source.host());
        settings.put("database.port", Integer.toString(source.port()));
        settings.put("database.user", source.user());
        settings.put("database.password", source.password());
        settings.put("database.dbname", source.name());
        settings.put("plugin.name", "pgoutput");
        settings.put("slot.name", "peer_" + source.name());
        settings.put("publication.name", "peer");
        settings.put("schema.include.list", "public");
        settings.put("poll.interval.ms", "20");
        settings.put("status.update.interval.ms", "500");
        settings.putAll(options);
        Map<String, String> converter = Map.of("schemas.enable", options.getOrDefault("schemas.enable", "false"));
        keys.configure(converter, true);
        values.configure(converter, false);
        task.initialize(new NothingSaid(settings));
        task.start(settings);
    }

    /** Reads until so many records have come. */
    List<Sent> await(int count) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(count);
        return await(record -> left.decrementAndGet() == 0);
    }

    /** Reads up to the first record that is the last one wanted. */
    List<Sent> await(Predicate<Sent> last) throws InterruptedException {
        List<Sent> sent = new ArrayList<>();
        long deadline = System.nanoTime() + 60_000_000_000L;
        boolean done = false;
        while (!done) {
            List<SourceRecord> polled = task.poll();
            if (polled != null) {
                for (SourceRecord next : polled) {
                    sent.add(sent(next));
                    done |= last.test(sent.getLast());
                    task.commitRecord(next, null);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Debezium sent " + sent.size() + " records, and none of them is the last.");
            }
        }
        return sent;
    }

    private Sent sent(SourceRecord next) {
        Map<String, byte[]> headers = new HashMap<>();
        next.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        keys.fromConnectHeader(next.topic(), header.key(), header.schema(), header.value())));
        return new Sent(
                next.topic(),
                keys.fromConnectData(next.topic(), new RecordHeaders(), next.keySchema(), next.key()),
                values.fromConnectData(next.topic(), new RecordHeaders(), next.valueSchema(), next.value()),
                headers);
    }

    @Override
    public void close() {
        task.stop();
    }

    /** A worker that holds no offsets, as at a connector's first start. */
    private record NothingSaid(Map<String, String> configs) implements SourceTaskContext, OffsetStorageReader {

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        /** No worker measures this task; the connector takes that for a worker older than the question. */
        @Override
        public PluginMetrics pluginMetrics() {
            throw new NoSuchMethodError("no worker");
        }

        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(java.util.Collection<Map<String, T>> partitions) {
            return Map.of();
        }
    }
}
