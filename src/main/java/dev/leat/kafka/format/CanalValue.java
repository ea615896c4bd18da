package dev.leat.kafka.format;

import dev.leat.change.DataType;
import dev.leat.settings.UnavailableValues;
import java.util.List;

/** Writes a value as Canal does: a string in PostgreSQL's text form. */
final class CanalValue implements ValueWriter {

    private enum Form {
        TEXT,
        BOOLEAN,
        LATIN1
    }

    private final Form form;
    private final JsonBuffer scratch = new JsonBuffer();

    private CanalValue(Form form) {
        this.form = form;
    }

    /** Compiles the writer of a column's type. */
    static CanalValue of(DataType type, CanalOptions options) {
        DataType plain = type.undomained();
        if (plain.kind() != DataType.Kind.BASE) {
            return new CanalValue(Form.TEXT);
        }
        return new CanalValue(
                switch (plain.oid()) {
                    case Oids.BOOL -> Form.BOOLEAN;
                    case Oids.BYTEA -> options.latin1() ? Form.LATIN1 : Form.TEXT;
                    default -> Form.TEXT;
                });
    }

    /** Compiles the rows of a shape, every value a string or null. */
    static RowJson rows(EncoderSpec spec, CanalOptions options) {
        boolean omits = spec.unavailable() == UnavailableValues.OMIT;
        List<ColumnJson> columns = spec.table().columns().stream()
                .map(column -> ColumnJson.of(
                        column.name(),
                        of(column.type(), options),
                        omits ? null : unavailable(column.type(), options),
                        "null",
                        false))
                .toList();
        return new RowJson(spec.table(), columns, spec.partitionColumns(), "", "");
    }

    /** What stands for an unchanged large value, as JSON. */
    static String unavailable(DataType type, CanalOptions options) {
        DataType plain = type.undomained();
        if (plain.kind() == DataType.Kind.BASE && plain.oid() == Oids.NUMERIC) {
            return "null";
        }
        if (plain.kind() == DataType.Kind.BASE && plain.oid() == Oids.BYTEA && !options.latin1()) {
            return "\"\\\\x" + BinaryJson.hex(ColumnJson.utf8(ColumnJson.PLACEHOLDER)) + "\"";
        }
        return "\"" + ColumnJson.PLACEHOLDER + "\"";
    }

    @Override
    public void write(JsonBuffer out, byte[] text, int start, int end) {
        switch (form) {
            case TEXT -> out.string(text, start, end);
            case BOOLEAN -> bool(out, text, start, end);
            case LATIN1 -> {
                scratch.reset();
                BinaryJson.byteaLatin1(out, scratch, text, start, end);
            }
        }
    }

    private static void bool(JsonBuffer out, byte[] text, int start, int end) {
        if (end - start != 1 || (text[start] != 't' && text[start] != 'f')) {
            throw UnwritableValue.MALFORMED;
        }
        out.ascii('"');
        out.truth(text[start] == 't');
        out.ascii('"');
    }
}
