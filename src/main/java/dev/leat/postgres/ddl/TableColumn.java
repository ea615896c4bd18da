package dev.leat.postgres.ddl;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table as the catalog has it, its parts rendered.
 *
 * @param name the name
 * @param quoted the name as SQL needs it
 * @param type type and collation
 * @param notNull {@code NOT NULL} with a space before, or nothing
 * @param identity the identity clause with a space before, or nothing
 * @param generated {@code pg_attribute.attgenerated}: empty, s(tored), v(irtual)
 * @param defaultOid OID of the default; 0 without one
 * @param expression the default, or what it is generated from; null for neither
 * @param local whether the table defines it itself, rather than inherits it
 */
record TableColumn(
        String name,
        String quoted,
        String type,
        String notNull,
        String identity,
        String generated,
        long defaultOid,
        @Nullable String expression,
        boolean local) {

    static TableColumn read(ResultSet rows) throws SQLException {
        return new TableColumn(
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getLong(8),
                rows.getString(9),
                rows.getBoolean(10));
    }

    boolean isGenerated() {
        return !generated.isEmpty();
    }

    Address defaultAddress() {
        return new Address(Address.DEFAULT, defaultOid);
    }

    /** The column in a {@code CREATE TABLE}, under a name and with or without its default. */
    String definition(String as, boolean withDefault) {
        return as + " " + type + (withDefault ? value() : "") + identity + notNull;
    }

    private String value() {
        if (expression == null) {
            return "";
        }
        return switch (generated) {
            case "s" -> " GENERATED ALWAYS AS (" + expression + ") STORED";
            case "v" -> " GENERATED ALWAYS AS (" + expression + ") VIRTUAL";
            default -> " DEFAULT " + expression;
        };
    }
}
