package dev.leat.precheck;

import dev.leat.kafka.KafkaClients;
import java.util.Map;
import java.util.TreeMap;

/** Whether the brokers take requests as large as Leat's; one that does not ends the connection without a word. */
final class RequestSizeCheck implements Check {

    /** What stands before the records in a request: a bound, not a count. */
    private static final int HEADER_BYTES = 64 << 10;

    private static final int NEEDED_BYTES = KafkaClients.MAX_REQUEST_BYTES + HEADER_BYTES;

    @Override
    public String name() {
        return "REQUEST_SIZE";
    }

    @Override
    public String title() {
        return "Brokers take requests as large as Leat's";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        Map<Integer, Integer> limits =
                new TreeMap<>(context.destination().connected().requestLimits());
        if (limits.isEmpty()) {
            return new Outcome.Passed("The brokers do not tell the user their settings (socket.request.max.bytes).");
        }
        limits.values().removeIf(limit -> limit >= NEEDED_BYTES);
        return Outcome.of(limits.entrySet().stream()
                .map(entry -> finding(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static Finding finding(int broker, int limit) {
        return Finding.alert(
                "broker " + broker,
                "The broker ends connections that send a request above " + Wording.bytes(limit)
                        + " (socket.request.max.bytes); Leat sends up to " + Wording.bytes(NEEDED_BYTES)
                        + " in one, and would try again without end.",
                "Set socket.request.max.bytes=" + NEEDED_BYTES
                        + " or more in the broker's server.properties, and restart it.");
    }
}
