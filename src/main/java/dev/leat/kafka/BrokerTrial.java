package dev.leat.kafka;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;

/** What the first bootstrap server that answers understands and allows; nothing stays there. */
public final class BrokerTrial {

    private static final int MAX_TOPICS_PER_REQUEST = 1_000;
    private static final int ANSWER_MILLIS = 1_000;

    /** The first PRODUCE request with the present format of records, and the last in which topics have names (Kafka 4.0). */
    private static final short LEAST_PRODUCE = 3;

    private static final short LAST_PRODUCE_BY_NAME = 12;

    private final KafkaClients clients;
    private final OneBroker brokers;

    /** A trial that waits so long for each connection, and again for each answer. */
    public BrokerTrial(KafkaClients clients, Duration limit) {
        this.clients = clients;
        this.brokers = new OneBroker(clients, limit);
    }

    /**
     * The newest version of the METADATA request that it understands, which tells its age; -1 when it knows none.
     *
     * @throws SyncException when none answers
     */
    public int metadataVersion() {
        return first(session -> {
            ApiVersion known = session.understands().apiVersion(ApiKeys.METADATA);
            return known == null ? -1 : (int) known.maxVersion();
        });
    }

    /**
     * Whether the user may write idempotently: asks for a producer's number as the producer does, and lets it lapse.
     *
     * @throws SyncException when none answers
     */
    public boolean mayWriteIdempotently() {
        Errors error = first(session -> {
            var request = new InitProducerIdRequest.Builder(new InitProducerIdRequestData()
                    .setTransactionalId(null)
                    .setTransactionTimeoutMs(Integer.MAX_VALUE));
            return ((InitProducerIdResponse) session.send(request)).error();
        });
        return error != Errors.CLUSTER_AUTHORIZATION_FAILED;
    }

    /**
     * Those of the topics that the user may not write to, whether they exist or not: a record for a partition that no
     * topic can have is refused for want of the right, or of the partition.
     *
     * @throws SyncException when none answers
     */
    public Set<String> unwritable(Collection<String> topics) {
        Set<String> unwritable = new HashSet<>();
        List<String> names = List.copyOf(topics);
        for (int i = 0; i < names.size(); i += MAX_TOPICS_PER_REQUEST) {
            List<String> some = names.subList(i, Math.min(names.size(), i + MAX_TOPICS_PER_REQUEST));
            unwritable.addAll(first(session -> refused((ProduceResponse) session.send(toNowhere(some)))));
        }
        return unwritable;
    }

    private static ProduceRequest.Builder toNowhere(List<String> topics) {
        var data = new ProduceRequestData().setAcks((short) -1).setTimeoutMs(ANSWER_MILLIS);
        var record = MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(new byte[0]));
        for (String topic : topics) {
            var partition =
                    new PartitionProduceData().setIndex(Integer.MAX_VALUE).setRecords(record);
            data.topicData().add(new TopicProduceData().setName(topic).setPartitionData(List.of(partition)));
        }
        return new ProduceRequest.Builder(LEAST_PRODUCE, LAST_PRODUCE_BY_NAME, data);
    }

    private static Set<String> refused(ProduceResponse answer) {
        return answer.data().responses().stream()
                .filter(topic ->
                        topic.partitionResponses().getFirst().errorCode() == Errors.TOPIC_AUTHORIZATION_FAILED.code())
                .map(TopicProduceResponse::name)
                .collect(Collectors.toSet());
    }

    private <T> T first(OneBroker.Question<T> question) {
        SyncException last = new SyncException(
                FailureKind.DESTINATION_UNREACHABLE,
                "Kafka " + clients.endpoint().bootstrapServers() + ": no bootstrap server has a known name.");
        for (InetSocketAddress address : addresses()) {
            try {
                return brokers.ask(address.getHostString(), address.getPort(), question);
            } catch (SyncException e) {
                last = e;
            }
        }
        throw last;
    }

    private List<InetSocketAddress> addresses() {
        try {
            return ClientUtils.parseAndValidateAddresses(
                    List.of(clients.endpoint().bootstrapServers().split(",")), ClientDnsLookup.USE_ALL_DNS_IPS);
        } catch (KafkaException e) {
            throw KafkaFailures.of("Kafka " + clients.endpoint().bootstrapServers(), e);
        }
    }
}
