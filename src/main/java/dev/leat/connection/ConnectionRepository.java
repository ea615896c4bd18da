package dev.leat.connection;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.ListCrudRepository;

/** Connections in the database. */
interface ConnectionRepository extends ListCrudRepository<ConnectionRow, String> {

    /** Those of some kinds, after a name, whose names contain a text in lower case; by name. */
    @Query("""
            SELECT c FROM ConnectionRow c
            WHERE c.kind IN :kinds AND c.name > :after AND locate(:text, lower(c.name)) > 0
            ORDER BY c.name
            """)
    List<ConnectionRow> find(Iterable<ConnectionKind> kinds, String text, String after, Limit limit);

    /** Name and version of each. */
    @Query("SELECT c.name, c.version FROM ConnectionRow c")
    List<Object[]> versions();
}
