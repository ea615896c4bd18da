package dev.leat.postgres;

import dev.leat.change.Ddl;
import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import dev.leat.postgres.ddl.SchemaDdl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads the source's schema as DDL that can be executed elsewhere. */
public final class SchemaReader {

    private final PostgresSource source;

    /** A reader; a session is opened for each call. */
    public SchemaReader(PostgresSource source) {
        this.source = source;
    }

    /**
     * What was read.
     *
     * @param statements the statements, in an order in which they can be executed
     * @param leftOut what cannot be carried and why, each a sentence without its end
     */
    public record Schema(List<Ddl> statements, List<String> leftOut) {}

    /**
     * The DDL of tables, and of everything in schemas that are carried whole.
     *
     * @param tables the tables, and what they are called in records
     * @param wholeSchema whether everything of a schema is carried
     * @throws dev.leat.failure.SyncException when the catalog cannot be read
     */
    public Schema read(Map<TableId, TableNames> tables, Predicate<String> wholeSchema) {
        try (Connection session = source.session()) {
            session.setAutoCommit(false);
            session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            session.setReadOnly(true);
            SchemaDdl ddl = SchemaDdl.read(session, tables, wholeSchema);
            session.rollback();
            return new Schema(ddl.statements(), ddl.leftOut());
        } catch (SQLException e) {
            throw PostgresFailures.of("Schema of source " + source, e);
        }
    }
}
