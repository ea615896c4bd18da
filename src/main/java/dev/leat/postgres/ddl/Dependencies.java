package dev.leat.postgres.ddl;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the catalog says of which object needs which ({@code pg_depend}), without what the server itself brings. */
final class Dependencies {

    /** OIDs below are the server's own ({@code FirstNormalObjectId}); schema public is among them. */
    private static final String QUERY = """
            SELECT classid, objid, refclassid, refobjid, deptype::text
            FROM pg_depend WHERE objid >= 16384 AND refobjid >= 16384 AND deptype IN ('n', 'a', 'i', 'e', 'P', 'S')
            """;

    /** An object is a part of a part of a part at most a few times. */
    private static final int MAX_DEPTH = 8;

    private final List<Need> needs = new ArrayList<>();
    private final Map<Address, List<Need>> needsOf = new HashMap<>();
    private final Map<Address, Address> wholes = new HashMap<>();
    private final Map<Address, Address> extensions = new HashMap<>();
    private final Set<Address> ofPartitions = new HashSet<>();

    /**
     * One object needs another.
     *
     * @param kind {@code pg_depend.deptype}: n(ormal), a(uto), i(nternal)
     */
    record Need(Address object, Address needed, char kind) {}

    static Dependencies read(Connection session) throws SQLException {
        Dependencies dependencies = new Dependencies();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                Need need = new Need(
                        Address.read(rows, 1),
                        Address.read(rows, 3),
                        rows.getString(5).charAt(0));
                // a partition key's columns need their own table
                if (!need.object().equals(need.needed())) {
                    dependencies.add(need);
                }
            }
        }
        return dependencies;
    }

    private void add(Need need) {
        if (need.kind() == 'e') {
            extensions.put(need.object(), need.needed());
            return;
        }
        boolean ofReferencedPartition = need.kind() == 'i'
                && need.object().catalog() == Address.CONSTRAINT
                && need.needed().catalog() == Address.CONSTRAINT;
        if (need.kind() == 'P' || need.kind() == 'S' || ofReferencedPartition) {
            ofPartitions.add(need.object());
            return;
        }
        needs.add(need);
        needsOf.computeIfAbsent(need.object(), address -> new ArrayList<>()).add(need);
        long catalog = need.object().catalog();
        boolean part = need.kind() == 'i'
                || need.kind() == 'a' && (catalog == Address.DEFAULT || catalog == Address.CONSTRAINT);
        if (part) {
            wholes.putIfAbsent(need.object(), need.needed());
        }
    }

    /** All but those of partitions, which are a part of their root here. */
    List<Need> all() {
        return needs.stream()
                .filter(need -> !ofPartitions.contains(need.object()))
                .toList();
    }

    /** Whether it came with an extension, or with another object. */
    boolean comesWithAnother(Address object) {
        return extensions.containsKey(object)
                || needsOf.getOrDefault(object, List.of()).stream().anyMatch(need -> need.kind() == 'i');
    }

    /** Whether an expression calls functions or operators that the user made, which in turn may need anything. */
    boolean callsUsersFunctions(Address expression) {
        return needsOf.getOrDefault(expression, List.of()).stream()
                .map(Need::needed)
                .anyMatch(needed -> (needed.catalog() == Address.PROC || needed.catalog() == Address.OPERATOR)
                        && !extensions.containsKey(needed));
    }

    /** The known object that an address stands for: itself, what it is a part of, or the extension it came with. */
    Optional<Address> known(Address address, Collection<Address> known) {
        Address at = address;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (known.contains(at)) {
                return Optional.of(at);
            }
            Address next = extensions.getOrDefault(at, wholes.get(at));
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.empty();
    }
}
