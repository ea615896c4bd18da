package dev.leat.kafka.format;

import dev.leat.settings.FormatSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.avro.Schema;

/** The schema of DTS's records, field by field the one that Alibaba publishes with its subscription clients. */
final class DtsSchema {

    private static final String FILE = "dts-record.avsc";

    private DtsSchema() {}

    /** What stands before each record: nothing, or a zero and the schema's id where the task wants a registry. */
    static byte[] head(EncoderSpec spec) {
        return isRegistered(spec.format()) ? SubjectStrategy.value(spec).head(spec, schema()) : new byte[0];
    }

    /** Whether the task wants a registry. */
    static boolean isRegistered(FormatSettings format) {
        return Choice.flag(format, "schema.registry", false);
    }

    /** The schema itself. */
    static Schema schema() {
        try (InputStream file = Objects.requireNonNull(DtsSchema.class.getResourceAsStream(FILE))) {
            return new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar holds no readable " + FILE, e);
        }
    }
}
