package dev.leat.precheck;

import dev.leat.change.Table;
import dev.leat.postgres.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether the rows of each table can be told apart, in the log and in records. */
final class PrimaryKeyCheck implements Check {

    @Override
    public String name() {
        return "PRIMARY_KEY";
    }

    @Override
    public String title() {
        return "Tables have a key";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        Map<Integer, List<RelationFacts>> keyless = context.source().relations().stream()
                .filter(relation -> relation.holdsRows() && !relation.identified())
                .filter(relation -> relation.replicaIdentity() == 'd' && !relation.primaryKey())
                .collect(Collectors.groupingBy(RelationFacts::root));
        List<Finding> findings = new ArrayList<>();
        for (CatalogTable described : context.source().tables()) {
            Table table = described.table();
            List<RelationFacts> failing = keyless.getOrDefault(table.oid(), List.of());
            if (context.plan().follows() && !failing.isEmpty()) {
                findings.add(failing(table, failing));
            } else if (!table.hasKey()) {
                findings.add(withoutKey(table));
            }
        }
        return Outcome.of(findings);
    }

    private static Finding failing(Table table, List<RelationFacts> relations) {
        return Finding.error(
                table.id().toString(),
                "The table has no primary key and no other replica identity: once it is published, the source refuses"
                        + " every UPDATE and DELETE on it.",
                relations.stream().map(ReplicaIdentityCheck::remedy).collect(Collectors.joining("\n")));
    }

    private static Finding withoutKey(Table table) {
        return Finding.alert(
                table.id().toString(),
                "The table has no key: its records carry none and go to one partition, and a copy that is repeated"
                        + " cannot be told from new rows.",
                "ALTER TABLE " + table.id().quoted() + " ADD PRIMARY KEY (…); -- with the columns that identify a row");
    }
}
