package dev.leat.kafka;

import dev.leat.failure.SyncException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Begins a transaction and aborts it without a record, to see whether the brokers let us. */
public final class TransactionTrial {

    private final KafkaClients clients;
    private final Duration patience;

    /** A trial that gives the brokers so long. */
    public TransactionTrial(KafkaClients clients, Duration patience) {
        this.clients = clients;
        this.patience = patience;
    }

    /** What came of it. */
    public sealed interface Result {

        /** A transaction could be begun. */
        record Made() implements Result {}

        /** The user may not use the id. */
        record NotAllowed(SyncException cause) implements Result {}

        /** No broker took charge of the transaction in time. */
        record NoCoordinator(SyncException cause) implements Result {}

        /** The brokers refuse it for another reason. */
        record Refused(SyncException cause) implements Result {}
    }

    /** Tries with an id; whoever writes transactions by the same id is fenced off, as by the next run of its task. */
    public Result run(String transactionalId) {
        KafkaProducer<byte[], byte[]> producer = producer(transactionalId);
        try {
            producer.initTransactions();
            producer.beginTransaction();
            producer.abortTransaction();
            return new Result.Made();
        } catch (KafkaException e) {
            return result(KafkaFailures.of("Transactional id " + transactionalId, e));
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private static Result result(SyncException failure) {
        return switch (failure.getCause()) {
            case AuthorizationException _ -> new Result.NotAllowed(failure);
            case TimeoutException _ -> new Result.NoCoordinator(failure);
            case null, default -> new Result.Refused(failure);
        };
    }

    private KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> configs = clients.common();
        configs.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        configs.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
        try {
            return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw KafkaFailures.of(
                    "Kafka " + clients.endpoint().bootstrapServers(), e.getCause() == null ? e : e.getCause());
        }
    }
}
