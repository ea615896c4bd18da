package dev.leat.kafka.format;

import dev.leat.change.Column;
import org.apache.avro.Schema;

/**
 * How one column stands in an Avro record; all that does not depend on the row is rendered.
 *
 * @param value writes the column's values
 * @param none stands for NULL; for the type's zero where the schema refuses NULL
 * @param unknown stands for a value outside the key where only the key is known
 * @param unavailable stands for an unchanged large value
 */
@SuppressWarnings("ArrayRecordComponent") // rendered once, shared with nobody
record ColumnAvro(AvroValue value, byte[] none, byte[] unknown, byte[] unavailable) {

    /**
     * Renders a column's constants.
     *
     * @param schema the schema of its field
     * @param omits whether unchanged large values are left out, which in Avro is null
     */
    static ColumnAvro of(Column column, DebeziumType type, Schema schema, boolean omits) {
        byte[] none = AvroConstant.of(schema, column.notNull() ? type.neutral() : "null");
        boolean placeholder = !omits && !type.unavailable().equals("null");
        byte[] unavailable = placeholder ? AvroConstant.of(schema, type.unavailable()) : none;
        return new ColumnAvro(new AvroValue(type.value(), schema), none, none, unavailable);
    }
}
