package dev.leat.postgres.ddl;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A constraint as the catalog has it.
 *
 * @param oid its OID
 * @param owner the table, or the domain
 * @param name the name
 * @param quoted the name as SQL needs it
 * @param type {@code pg_constraint.contype}
 * @param definition what {@code pg_get_constraintdef} says
 * @param valid whether every row meets it
 * @param columns the columns that it names, in order
 */
record TableConstraint(
        long oid,
        Address owner,
        String name,
        String quoted,
        char type,
        String definition,
        boolean valid,
        List<String> columns) {

    static TableConstraint read(ResultSet rows) throws SQLException {
        return new TableConstraint(
                rows.getLong(1),
                new Address(rows.getBoolean(3) ? Address.CLASS : Address.TYPE, rows.getLong(2)),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6).charAt(0),
                rows.getString(7),
                rows.getBoolean(8),
                List.of((String[]) rows.getArray(9).getArray()));
    }

    Address address() {
        return new Address(Address.CONSTRAINT, oid);
    }

    boolean isKey() {
        return type == 'p' || type == 'u';
    }

    /** Whether it can stand in the {@code CREATE TABLE}. */
    boolean fitsInline(Dependencies dependencies) {
        return type != 'f' && valid && !dependencies.callsUsersFunctions(address());
    }

    String clause() {
        return "CONSTRAINT " + quoted + " " + definition;
    }
}
