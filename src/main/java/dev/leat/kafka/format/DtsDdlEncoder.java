package dev.leat.kafka.format;

import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.settings.UnavailableValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes statements about the schema as DTS's Avro records of the operation DDL; for what is sent seldom. */
final class DtsDdlEncoder implements DdlEncoder {

    private final DdlSpec spec;
    private final Map<String, byte[]> heads = new HashMap<>();

    DtsDdlEncoder(DdlSpec spec) {
        this.spec = spec;
    }

    @Override
    public byte[] value(DdlNews news, String topic) {
        EncoderSpec encoder = encoder(news, topic);
        byte[] head = heads.computeIfAbsent(topic, name -> DtsSchema.head(encoder));
        AvroBuffer out = new AvroBuffer();
        new DtsRecord(encoder, head)
                .statement(out, news.origin(), news.statement().sql());
        return out.take();
    }

    /** What belongs to no table is named by its database alone. */
    private EncoderSpec encoder(DdlNews news, String topic) {
        TableId name = news.table() == null ? new TableId("", "") : news.table();
        return new EncoderSpec(
                new Table(0, name, List.of(), List.of(), false),
                spec.database(),
                spec.topicPrefix(),
                spec.version(),
                spec.format(),
                UnavailableValues.PLACEHOLDER,
                false,
                List.of(),
                spec.recordNumber(),
                spec.clock(),
                topic,
                spec.sourceVersion(),
                spec.schemaIds());
    }
}
