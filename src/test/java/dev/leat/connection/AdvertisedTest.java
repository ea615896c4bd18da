package dev.leat.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.kafka.BootstrapProbe.Advertised;
import java.io.IOException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** What the connectivity test says of brokers that advertise addresses which lead elsewhere. */
class AdvertisedTest {

    private static final HostPort REACHED = new HostPort("broker.example.com", 9092);
    private static final StepFailed CLOSED = new StepFailed("closed", "", new IOException("refused"));

    @Test
    void explainsWhatLocalhostMeans() {
        assertThat(KafkaTrial.remedy(new Advertised(1, "localhost", 9092), REACHED, CLOSED))
                .startsWith("localhost is the machine of whoever asks")
                .contains("advertised.listeners of broker 1", "broker.example.com:9092");
        assertThat(KafkaTrial.remedy(new Advertised(1, "localhost", 9092), new HostPort("127.0.0.1", 9092), CLOSED))
                .doesNotContain("whoever asks");
    }

    @Test
    void explainsANameThatIsKnownElsewhereOnly() {
        var unknown = new StepFailed("unknown", "", new UnknownHostException("kafka"));

        assertThat(KafkaTrial.remedy(new Advertised(2, "kafka", 9092), REACHED, unknown))
                .contains("network of containers", "look up 'kafka'");
    }

    @Test
    void namesThePortToOpen() {
        assertThat(KafkaTrial.remedy(new Advertised(3, "10.0.0.7", 9093), REACHED, CLOSED))
                .contains("10.0.0.7:9093", "firewall");
    }
}
