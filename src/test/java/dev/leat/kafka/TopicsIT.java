package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.KafkaEndpoint;
import org.junit.jupiter.api.Test;

/** Topics on a real broker. */
class TopicsIT {

    @Test
    void refusesServersWithoutAKnownName() {
        var topics = new Topics(new KafkaClients(KafkaEndpoint.plaintext("no-such-host.invalid:9092"), "test"));

        assertThatThrownBy(() -> topics.names(""))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.DESTINATION_UNREACHABLE))
                .hasMessageContaining("no-such-host.invalid:9092");
    }
}
