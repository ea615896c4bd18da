package dev.leat.postgres.ddl;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An object's address as {@code pg_depend} has it.
 *
 * @param catalog OID of the system catalog that holds it
 * @param oid its own OID
 */
record Address(long catalog, long oid) {

    static final long CLASS = 1259;
    static final long TYPE = 1247;
    static final long PROC = 1255;
    static final long NAMESPACE = 2615;
    static final long CONSTRAINT = 2606;
    static final long DEFAULT = 2604;
    static final long REWRITE = 2618;
    static final long COLLATION = 3456;
    static final long OPERATOR = 2617;
    static final long EXTENSION = 3079;

    /** Catalogs that are none: for statements about objects that have an address already. */
    static final long OWNERSHIP = -1;

    static final long COMMENT = -2;

    /** What a table says otherwise than those that it inherits from. */
    static final long INHERITED = -3;

    static Address read(ResultSet rows, int column) throws SQLException {
        return new Address(rows.getLong(column), rows.getLong(column + 1));
    }
}
