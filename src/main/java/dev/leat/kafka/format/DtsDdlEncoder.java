package dev.leat.kafka.format;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes statements about the schema as DTS's Avro records of the operation DDL; for what is sent seldom. */
final class DtsDdlEncoder implements DdlEncoder {

    private final DdlSpec spec;
    private final Map<String, byte[]> heads = new HashMap<>();
    private final AvroBuffer out = new AvroBuffer();

    DtsDdlEncoder(DdlSpec spec) {
        this.spec = spec;
    }

    /** What belongs to no table is named by its database alone. */
    @Override
    public byte[] value(DdlNews news, String topic) {
        byte[] head = heads.computeIfAbsent(topic, name -> DtsSchema.head(spec.format(), name, spec.schemaIds()));
        Stream<String> object =
                Stream.of(spec.database(), news.schema(), news.tableName()).filter(Objects::nonNull);
        new DtsRecord(spec, head, object)
                .statement(out, news.origin(), news.statement().sql());
        return out.take();
    }
}
