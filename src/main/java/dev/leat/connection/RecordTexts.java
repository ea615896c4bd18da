package dev.leat.connection;

import dev.leat.connection.RecordView.Content;
import dev.leat.failure.SyncException;
import dev.leat.kafka.PeekedRecord;
import dev.leat.kafka.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes the bytes of records readable: JSON, Avro of a schema registry, text, or else hexadecimal digits. */
final class RecordTexts {

    private static final int MAX_SHOWN = 20_000;
    private static final int MAX_HEX_BYTES = 256;
    private static final int REGISTRY_HEADER = 5;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable SchemaRegistry registry;
    private final Map<Integer, Optional<Schema>> schemas = new HashMap<>();

    /** @param registry where Avro schemas are; null without */
    RecordTexts(@Nullable SchemaRegistry registry) {
        this.registry = registry;
    }

    RecordView view(PeekedRecord record) {
        return new RecordView(
                record.partition(),
                record.offset(),
                record.at(),
                length(record.key()) + length(record.value()),
                content(record.key()),
                content(record.value()),
                record.headers().stream()
                        .map(header -> new RecordView.Header(
                                header.name(), content(header.value()).text()))
                        .toList());
    }

    private Content content(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Content("NULL", "");
        }
        return json(bytes).or(() -> avro(bytes)).or(() -> text(bytes)).orElseGet(() -> binary(bytes));
    }

    private static Optional<Content> json(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != '{' && bytes[0] != '[') {
            return Optional.empty();
        }
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(bytes));
            return Optional.of(new Content("JSON", shortened(text)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A zero byte, four of the schema's id, then the value. */
    private Optional<Content> avro(byte[] bytes) {
        if (registry == null || bytes.length < REGISTRY_HEADER || bytes[0] != 0) {
            return Optional.empty();
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        return schemas.computeIfAbsent(id, this::schema).flatMap(schema -> avro(bytes, schema));
    }

    private Optional<Schema> schema(int id) {
        try {
            return registry == null
                    ? Optional.empty()
                    : registry.schema(id).map(text -> new Schema.Parser().parse(text));
        } catch (SyncException | AvroRuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Content> avro(byte[] bytes, Schema schema) {
        try {
            var decoder =
                    DecoderFactory.get().binaryDecoder(bytes, REGISTRY_HEADER, bytes.length - REGISTRY_HEADER, null);
            Object value = new GenericDatumReader<>(schema).read(null, decoder);
            String text =
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(String.valueOf(value)));
            return Optional.of(new Content("AVRO", shortened(text)));
        } catch (IOException | AvroRuntimeException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Content> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean printable = text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\t' || c == '\r');
            return printable ? Optional.of(new Content("TEXT", shortened(text))) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Content binary(byte[] bytes) {
        String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, MAX_HEX_BYTES));
        return new Content("BINARY", bytes.length > MAX_HEX_BYTES ? hex + " …" : hex);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
