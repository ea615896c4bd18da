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
 * @param identity what its numbers come from; null for no identity
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
        @Nullable Identity identity,
        String generated,
        long defaultOid,
        @Nullable String expression,
        boolean local) {

    /**
     * What makes a column an identity.
     *
     * @param generated {@code ALWAYS} or {@code BY DEFAULT}
     * @param sequence the qualified name of its sequence as SQL needs it
     * @param options how the sequence counts
     */
    record Identity(String generated, String sequence, String options) {

        /** The clause; an identity's sequence lies in the schema of its table, so one that moves gets a name there. */
        String clause(boolean moves) {
            String named = moves ? "" : "SEQUENCE NAME " + sequence + " ";
            return " GENERATED " + generated + " AS IDENTITY (" + named + options + ")";
        }
    }

    static TableColumn read(ResultSet rows) throws SQLException {
        String generated = rows.getString(6);
        return new TableColumn(
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                generated.isEmpty() ? null : new Identity(generated, rows.getString(7), rows.getString(8)),
                rows.getString(9),
                rows.getLong(10),
                rows.getString(11),
                rows.getBoolean(12));
    }

    boolean isGenerated() {
        return !generated.isEmpty();
    }

    boolean mayBeNull() {
        return notNull.isEmpty();
    }

    Address defaultAddress() {
        return new Address(Address.DEFAULT, defaultOid);
    }

    /**
     * The column in a {@code CREATE TABLE}, under a name and with or without its default.
     *
     * @param moves whether the table is created in another schema
     */
    String definition(String as, boolean withDefault, boolean moves) {
        return as + " " + type + (withDefault ? value() : "") + (identity == null ? "" : identity.clause(moves))
                + notNull;
    }

    /** What makes a column refuse NULL that has been made. */
    String refusingNull() {
        return notNull.startsWith(" CONSTRAINT ")
                ? " ADD" + notNull + " " + quoted
                : " ALTER COLUMN " + quoted + " SET NOT NULL";
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
