package dev.leat.precheck;

import dev.leat.change.TableId;
import dev.leat.settings.KafkaEndpoint;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** How findings put lists of names, and commands that can be copied. */
final class Wording {

    private static final int SHOWN = 5;

    private Wording() {}

    /** The first few names, and how many more there are. */
    static String some(Collection<?> names) {
        String shown = names.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    /** All tables as SQL wants them in a list. */
    static String quoted(Collection<TableId> tables) {
        return tables.stream().map(TableId::quoted).collect(Collectors.joining(", "));
    }

    /** A name as SQL wants it. */
    static String identifier(String name) {
        return TableId.quote(name);
    }

    /** Columns as SQL wants them in a list. */
    static String columns(Collection<String> names) {
        return names.stream().map(TableId::quote).collect(Collectors.joining(", "));
    }

    /** A number of bytes, for people. */
    static String bytes(double bytes) {
        if (bytes < 1e6) {
            return Math.round(bytes / 1e3) + " kB";
        }
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /** Whom the brokers take us for. */
    static String user(KafkaEndpoint endpoint) {
        return endpoint.user().isEmpty() ? "ANONYMOUS" : endpoint.user();
    }

    /** A call of one of Kafka's own tools. */
    static String kafka(String tool, KafkaEndpoint endpoint, String arguments) {
        return tool + " --bootstrap-server " + endpoint.bootstrapServers() + " " + arguments;
    }
}
