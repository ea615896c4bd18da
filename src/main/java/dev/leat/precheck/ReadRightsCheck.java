package dev.leat.precheck;

import dev.leat.change.TableId;
import dev.leat.settings.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the user may read all rows of the tables that are to be copied. */
final class ReadRightsCheck implements Check {

    private static final int MAX_SINGLE_GRANTS = 20;

    @Override
    public String name() {
        return "READ_RIGHTS";
    }

    @Override
    public String title() {
        return "User may read the selected tables";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.task().has(Phase.FULL)) {
            return new Outcome.Passed();
        }
        String user = TableId.quote(context.source().server().user());
        Map<String, List<RelationFacts>> schemas = context.source().relations().stream()
                .filter(RelationFacts::selected)
                .collect(Collectors.groupingBy(relation -> relation.id().schema(), TreeMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        schemas.forEach((schema, relations) -> findings.addAll(judge(user, schema, relations)));
        return Outcome.of(findings);
    }

    private static List<Finding> judge(String user, String schema, List<RelationFacts> relations) {
        List<Finding> findings = new ArrayList<>();
        if (!relations.getFirst().schemaUsable()) {
            findings.add(Finding.error(
                    "schema " + schema,
                    "The user may not use the schema.",
                    "GRANT USAGE ON SCHEMA " + TableId.quote(schema) + " TO " + user + ";"));
        }
        List<TableId> unreadable = relations.stream()
                .filter(relation -> !relation.readable())
                .map(RelationFacts::id)
                .toList();
        findings.addAll(
                unreadable.size() > MAX_SINGLE_GRANTS
                        ? List.of(wholeSchema(user, schema, unreadable))
                        : unreadable.stream().map(id -> single(user, id)).toList());
        relations.stream().filter(RelationFacts::rowSecurity).forEach(relation -> findings.add(hidden(user, relation)));
        return findings;
    }

    private static Finding single(String user, TableId id) {
        return Finding.error(
                id.toString(),
                "The user may not read the table.",
                "GRANT SELECT ON " + id.quoted() + " TO " + user + ";");
    }

    private static Finding wholeSchema(String user, String schema, List<TableId> unreadable) {
        return Finding.error(
                "schema " + schema,
                "The user may not read " + unreadable.size() + " tables: " + Wording.some(unreadable) + ".",
                "GRANT SELECT ON ALL TABLES IN SCHEMA " + TableId.quote(schema) + " TO " + user + ";");
    }

    private static Finding hidden(String user, RelationFacts relation) {
        return Finding.error(
                relation.id().toString(),
                "Row security hides rows from the user, which the copy would leave out in silence.",
                "ALTER ROLE " + user + " BYPASSRLS;");
    }
}
