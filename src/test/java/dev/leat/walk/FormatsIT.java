package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leat.fixture.Database;
import dev.leat.fixture.EveryType;
import dev.leat.fixture.Servers;
import dev.leat.fixture.StubRegistry;
import dev.leat.settings.FormatKind;
import dev.leat.settings.FormatSettings;
import dev.leat.settings.KafkaSettings;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Phase;
import dev.leat.settings.RegistryEndpoint;
import dev.leat.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A table of every type, copied and streamed in the Avro and SharePlex formats and read back by other hands. */
class FormatsIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Schema DTS = dtsSchema();
    private static final int STREAMED = 1_000;

    private final StubRegistry registry = StubRegistry.start().only("leat", "s3cret");

    /** A row as a reader finds it: what happened to it, its id, and all its other values. */
    private record Seen(String operation, int id, Object values) {}

    static Stream<Arguments> tasks() {
        return Stream.of(12, 18)
                .flatMap(major -> Stream.of(
                        Arguments.of(major, FormatKind.AVRO, Map.of("array.nesting", "nested")),
                        Arguments.of(major, FormatKind.DTS_AVRO, Map.of()),
                        Arguments.of(major, FormatKind.DTS_AVRO, Map.of("schema.registry", "true")),
                        Arguments.of(major, FormatKind.SHAREPLEX_JSON, Map.of())));
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void everyTypeReadsAlikeFromCopyAndStream(int major, FormatKind kind, Map<String, String> options) {
        Database source = Servers.postgres(major).newDatabase();
        EveryType.createTypes(source);
        String table = EveryType.odd(major).create(source).quoted();
        int count = EveryType.odd(major).insert(source, 0);
        EveryType.makeOdd(source);
        FormatSettings format = new FormatSettings(kind, options);
        Function<ConsumerRecord<byte[], byte[]>, Seen> reader = reader(kind, !options.isEmpty());
        try (Walk walk = walk(source, format)) {
            walk.start();
            walk.follows();
            String columns = source.value(
                    "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = ?::regclass"
                            + " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname <> 'id'",
                    "public." + table);
            source.execute(
                    "INSERT INTO public." + table + " (id, " + columns + ") SELECT id + " + STREAMED + ", " + columns
                            + " FROM public." + table,
                    "UPDATE public." + table + " SET id = id WHERE id = 1",
                    "DELETE FROM public." + table + " WHERE id = 2");
            List<Seen> seen = await().atMost(Duration.ofSeconds(60))
                    .until(() -> read(walk, reader), records -> records.size() >= 2 * count + 2);
            assertThat(seen).hasSize(2 * count + 2);
            Map<Integer, Object> copied =
                    rows(seen, kind == FormatKind.AVRO ? "r" : kind == FormatKind.DTS_AVRO ? "INIT" : "ins", 0);
            Map<Integer, Object> streamed = rows(
                    seen, kind == FormatKind.AVRO ? "c" : kind == FormatKind.DTS_AVRO ? "INSERT" : "ins", STREAMED);
            assertThat(copied).hasSize(count).isEqualTo(streamed);
            assertThat(seen)
                    .filteredOn(row -> row.operation.startsWith("u") || row.operation.equals("UPDATE"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.id).isEqualTo(1));
            assertThat(seen)
                    .filteredOn(row -> row.operation.startsWith("d") || row.operation.equals("DELETE"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.id).isEqualTo(2));
            walk.stop();
        }
    }

    private Walk walk(Database source, FormatSettings format) {
        return new Walk(
                        source,
                        Servers.kafka(),
                        WalkTask.task(
                                source,
                                format,
                                EnumSet.allOf(Phase.class),
                                KafkaSettings.DEFAULT,
                                null,
                                ObjectRule.everything()))
                .beside(new RegistryEndpoint(registry.url(), "leat", new Secret("s3cret")));
    }

    /** All but tombstones. */
    private static List<Seen> read(Walk walk, Function<ConsumerRecord<byte[], byte[]>, Seen> reader) {
        String topic = "public." + EveryType.ODD_TABLE.replaceAll("[^a-zA-Z0-9._-]", "_");
        return walk.records(topic).stream()
                .filter(record -> record.value() != null)
                .map(reader)
                .toList();
    }

    private static Map<Integer, Object> rows(List<Seen> seen, String operation, int from) {
        Map<Integer, Object> rows = new TreeMap<>();
        seen.stream()
                .filter(row -> row.operation.equals(operation) && row.id / STREAMED == from / STREAMED)
                .forEach(row -> rows.put(row.id - from, row.values));
        return rows;
    }

    private Function<ConsumerRecord<byte[], byte[]>, Seen> reader(FormatKind kind, boolean registered) {
        return switch (kind) {
            case AVRO -> record -> envelope(decoded(record.value()));
            case DTS_AVRO -> record -> image(registered ? decoded(record.value()) : decoded(DTS, record.value(), 0));
            default -> record -> sharePlex(JSON.readTree(record.value()));
        };
    }

    private Seen envelope(GenericRecord envelope) {
        GenericRecord image =
                (GenericRecord) (envelope.get("after") == null ? envelope.get("before") : envelope.get("after"));
        Map<String, Object> values = new TreeMap<>();
        image.getSchema().getFields().forEach(field -> values.put(field.name(), image.get(field.pos())));
        return new Seen(envelope.get("op").toString(), (int) values.remove("id"), values);
    }

    private static Seen image(GenericRecord record) {
        Object images = record.get("afterImages") == null ? record.get("beforeImages") : record.get("afterImages");
        List<?> values = (List<?>) images;
        int id = Integer.parseInt(
                ((GenericRecord) values.getFirst()).get("value").toString());
        return new Seen(
                record.get("operation").toString(),
                id,
                List.copyOf(values.subList(1, values.size()).stream()
                        .map(String::valueOf)
                        .toList()));
    }

    private static Seen sharePlex(JsonNode record) {
        Map<String, String> values = new TreeMap<>();
        record.get("data")
                .properties()
                .forEach(column -> values.put(column.getKey(), column.getValue().toString()));
        int id = Integer.parseInt(values.remove("id").replace("\"", ""));
        return new Seen(record.get("meta").get("op").asString(), id, values);
    }

    private GenericRecord decoded(byte[] value) {
        assertThat(value[0]).isZero();
        return decoded(registry.schema(ByteBuffer.wrap(value, 1, 4).getInt()), value, 5);
    }

    private static GenericRecord decoded(Schema schema, byte[] bytes, int from) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            assertThat(decoder.isEnd()).as("nothing is left over").isTrue();
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema dtsSchema() {
        try (var file = FormatsIT.class.getResourceAsStream("/dev/leat/kafka/format/dts-record.avsc")) {
            return new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
