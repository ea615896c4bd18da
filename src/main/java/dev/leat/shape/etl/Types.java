package dev.leat.shape.etl;

import dev.leat.change.DataType;
import java.util.Set;

/** The SQL types that ETL knows by name: OIDs of {@code pg_type.dat}, and the types of columns that it adds. */
final class Types {

    static final int BOOL_OID = 16;
    static final int BYTEA_OID = 17;
    static final int NAME_OID = 19;
    static final int INT8_OID = 20;
    static final int INT2_OID = 21;
    static final int INT4_OID = 23;
    static final int TEXT_OID = 25;
    static final int OID_OID = 26;
    static final int FLOAT4_OID = 700;
    static final int FLOAT8_OID = 701;
    static final int BPCHAR_OID = 1042;
    static final int VARCHAR_OID = 1043;
    static final int DATE_OID = 1082;
    static final int TIMESTAMP_OID = 1114;
    static final int TIMESTAMPTZ_OID = 1184;
    static final int NUMERIC_OID = 1700;

    static final DataType TEXT = base(TEXT_OID, "text", "text");

    private static final Set<Integer> TEXTS = Set.of(NAME_OID, TEXT_OID, BPCHAR_OID, VARCHAR_OID);

    private Types() {}

    /** Whether any text is a value of the type. */
    static boolean isText(DataType type) {
        DataType plain = type.undomained();
        return TEXTS.contains(plain.oid()) || plain.name().equals("citext");
    }

    /** The type of a column that is added for a kind of value. */
    static DataType of(Kind kind) {
        return switch (kind) {
            case INT -> base(INT8_OID, "int8", "bigint");
            case DOUBLE -> base(FLOAT8_OID, "float8", "double precision");
            case DECIMAL -> base(NUMERIC_OID, "numeric", "numeric");
            case BOOL -> base(BOOL_OID, "bool", "boolean");
            case STRING -> TEXT;
            case BYTES -> base(BYTEA_OID, "bytea", "bytea");
            case TIMESTAMP -> base(TIMESTAMPTZ_OID, "timestamptz", "timestamp with time zone");
            case DURATION -> throw new RowError("a column cannot hold a duration: use seconds(…)");
            case NULL -> throw new RowError("a new column needs a value with a type, null alone has none");
        };
    }

    private static DataType base(int oid, String name, String sqlName) {
        return new DataType(oid, name, sqlName, -1, DataType.Kind.BASE, null);
    }
}
