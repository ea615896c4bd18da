package dev.leat.kafka.format;

import java.util.Objects;
import java.util.stream.Stream;

/** Writes statements about the schema as DTS's Avro records of the operation DDL. */
final class DtsDdlEncoder implements DdlEncoder {

    private final DdlSpec spec;
    private final byte[] head;
    private final AvroBuffer out = new AvroBuffer();

    DtsDdlEncoder(DdlSpec spec) {
        this.spec = spec;
        this.head = DtsSchema.head(spec.format(), spec.topic(), spec.schemaIds());
    }

    @Override
    public byte[] value(DdlNews news) {
        Stream<String> object =
                Stream.of(spec.database(), news.schema(), news.tableName()).filter(Objects::nonNull);
        new DtsRecord(spec, head, object)
                .statement(out, news.origin(), news.statement().sql());
        return out.take();
    }
}
