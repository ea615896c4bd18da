package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.fixture.Servers;
import dev.leat.settings.KafkaEndpoint;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Topics on a real broker. */
class TopicsIT {

    private final String prefix = "topics-" + UUID.randomUUID() + "-";

    @Test
    void asksInAsManyRequestsAsTheControllerNeeds() {
        var topics = new Topics(
                new KafkaClients(KafkaEndpoint.plaintext(Servers.kafka().bootstrap()), "test"));
        var wanted = List.of(new TopicSpec(prefix + "a", 6_000, null), new TopicSpec(prefix + "b", 6_000, null));

        assertThat(topics.refusals(wanted)).isEmpty();
        assertThat(topics.refusals(List.of(new TopicSpec(prefix + "c", 12_000, null))))
                .containsOnlyKeys(prefix + "c");
    }

    @Test
    void refusesServersWithoutAKnownName() {
        var topics = new Topics(new KafkaClients(KafkaEndpoint.plaintext("no-such-host.invalid:9092"), "test"));

        assertThatThrownBy(() -> topics.names(""))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.DESTINATION_UNREACHABLE))
                .hasMessageContaining("no-such-host.invalid:9092");
    }
}
