package dev.leat.settings;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An option of a record format.
 *
 * @param name as users of the format know it
 * @param values what it takes, the default first; empty for text of the user's own
 */
public record FormatOption(String name, List<String> values) {

    private static final String STRATEGIES = "io.confluent.kafka.serializers.subject.";

    /** Everything that a format can be told. */
    public static List<FormatOption> of(FormatKind format) {
        return switch (format) {
            case CANAL_JSON ->
                List.of(
                        choice("bytea", "hex", "latin1"),
                        choice("snapshot.type", "INSERT", "INIT"),
                        choice("old", "changed", "all"),
                        choice("old.unknown", "null", "empty"),
                        flag("dataType", true));
            case DEBEZIUM_JSON -> concat(envelope(), List.of(flag("schemas.enable", false)));
            case AVRO ->
                concat(
                        envelope(),
                        List.of(
                                choice("array.nesting", "flat", "nested"),
                                flag("auto.register.schemas", true),
                                strategy("key.subject.name.strategy"),
                                strategy("value.subject.name.strategy")));
            case DTS_AVRO ->
                List.of(
                        fractionDigits(),
                        flag("schema.registry", false),
                        flag("auto.register.schemas", true),
                        strategy("value.subject.name.strategy"));
            case SHAREPLEX_JSON -> List.of();
        };
    }

    /** Whether it takes a value; upper and lower case are alike. */
    boolean takes(String value) {
        return values.isEmpty() ? !value.isBlank() : values.stream().anyMatch(value::equalsIgnoreCase);
    }

    private static List<FormatOption> envelope() {
        return List.of(
                choice("decimal.handling.mode", "precise", "double", "string"),
                choice("time.precision.mode", "adaptive", "adaptive_time_microseconds", "connect", "isostring"),
                choice("interval.handling.mode", "numeric", "string"),
                choice("hstore.handling.mode", "json", "map"),
                choice("binary.handling.mode", "bytes", "base64", "hex"),
                fractionDigits(),
                flag("tombstones.on.delete", true),
                new FormatOption("topic.prefix", List.of()));
    }

    private static FormatOption choice(String name, String... values) {
        return new FormatOption(name, List.of(values));
    }

    private static FormatOption flag(String name, boolean otherwise) {
        return choice(name, Boolean.toString(otherwise), Boolean.toString(!otherwise));
    }

    private static FormatOption fractionDigits() {
        return new FormatOption(
                "money.fraction.digits",
                Stream.concat(Stream.of("2"), IntStream.rangeClosed(0, 10).mapToObj(Integer::toString))
                        .distinct()
                        .toList());
    }

    /** By its own name or with its package, as Confluent's serializers are told. */
    private static FormatOption strategy(String name) {
        List<String> strategies = List.of("TopicNameStrategy", "RecordNameStrategy", "TopicRecordNameStrategy");
        return new FormatOption(
                name,
                concat(strategies, strategies.stream().map(STRATEGIES::concat).toList()));
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
