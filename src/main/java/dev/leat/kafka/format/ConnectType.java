package dev.leat.kafka.format;

/**
 * A type as Kafka Connect's JSON converter describes it in a record's schema.
 *
 * @param head the members in front of {@code optional}
 * @param tail the members behind it, each with a leading comma
 */
record ConnectType(String head, String tail) {

    static final ConnectType BOOLEAN = plain("boolean");
    static final ConnectType INT16 = plain("int16");
    static final ConnectType INT32 = plain("int32");
    static final ConnectType INT64 = plain("int64");
    static final ConnectType FLOAT = plain("float");
    static final ConnectType DOUBLE = plain("double");
    static final ConnectType STRING = plain("string");
    static final ConnectType BYTES = plain("bytes");

    static final ConnectType VARIABLE_DECIMAL = struct(INT32.required("scale") + "," + BYTES.required("value"))
            .named("io.debezium.data.VariableScaleDecimal", ",\"doc\":\"Variable scaled decimal\"");
    static final ConnectType POINT = struct(DOUBLE.required("x") + "," + DOUBLE.required("y") + ","
                    + BYTES.field("wkb", true) + "," + INT32.field("srid", true))
            .named("io.debezium.data.geometry.Point", ",\"doc\":\"Geometry (POINT)\"");
    static final ConnectType LINE = struct(
                    DOUBLE.required("a") + "," + DOUBLE.required("b") + "," + DOUBLE.required("c"))
            .named("io.debezium.data.geometry.Line", ",\"doc\":\"Geometry (LINE)\"");
    static final ConnectType CIRCLE = struct(POINT.required("center") + "," + DOUBLE.required("radius"))
            .named("io.debezium.data.geometry.Circle", ",\"doc\":\"Geometry (CIRCLE)\"");
    static final ConnectType GEOMETRY = new ConnectType(
            struct(BYTES.required("wkb") + "," + INT32.field("srid", true) + ","
                            + map(false).field("extensions", true))
                    .head(),
            ",\"name\":\"io.debezium.data.geometry.Geometry\",\"version\":2,\"doc\":\"Geometry\"");
    static final ConnectType MAP = map(true);

    private static ConnectType plain(String type) {
        return new ConnectType("\"type\":\"" + type + "\"", "");
    }

    private static ConnectType map(boolean nullable) {
        return new ConnectType(
                "\"type\":\"map\",\"keys\":" + STRING.item(false) + ",\"values\":" + STRING.item(nullable), "");
    }

    /** A struct of fields, which are given as JSON with commas between them. */
    static ConnectType struct(String fields) {
        return new ConnectType("\"type\":\"struct\",\"fields\":[" + fields + "]", "");
    }

    /** An array of this type. */
    ConnectType array() {
        return new ConnectType("\"type\":\"array\",\"items\":" + item(true), "");
    }

    /** An array of this type whose elements are never null. */
    ConnectType vector() {
        return new ConnectType("\"type\":\"array\",\"items\":" + item(false), "");
    }

    /** This type with a meaning of its own, in version 1. */
    ConnectType named(String name) {
        return named(name, "");
    }

    /** This type with a meaning of its own, in version 1, and further members. */
    ConnectType named(String name, String more) {
        return new ConnectType(head, ",\"name\":" + ColumnJson.quoted(name) + ",\"version\":1" + more);
    }

    /** This type with a name and no version. */
    ConnectType unversioned(String name) {
        return new ConnectType(head, ",\"name\":" + ColumnJson.quoted(name));
    }

    /** The schema of a field. */
    String field(String name, boolean optional) {
        return "{" + head + ",\"optional\":" + optional + tail + ",\"field\":" + ColumnJson.quoted(name) + "}";
    }

    /** The schema of a field that is never null. */
    String required(String name) {
        return field(name, false);
    }

    /** The schema of something that is no field. */
    String item(boolean optional) {
        return "{" + head + ",\"optional\":" + optional + tail + "}";
    }
}
