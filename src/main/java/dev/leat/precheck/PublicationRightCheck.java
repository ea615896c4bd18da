package dev.leat.precheck;

import dev.leat.change.TableId;
import dev.leat.postgres.Publication;
import dev.leat.postgres.PublicationTrial;
import dev.leat.settings.ObjectRule;
import dev.leat.settings.Operation;
import dev.leat.settings.TaskSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the user may publish the tables, or the publication that the task names holds them. */
final class PublicationRightCheck implements Check {

    private static final String DEFAULT_NAME = "leat";

    /** Each table takes a lock until the end of the statement, and the source holds some 6,400 of them by default. */
    private static final int MAX_TABLES_PER_STATEMENT = 1_000;

    @Override
    public String name() {
        return "PUBLICATION_RIGHT";
    }

    @Override
    public String title() {
        return "Tables can be published";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.plan().follows()) {
            return new Outcome.Passed();
        }
        String name = context.task().source().publication();
        List<PublicationFacts> existing =
                name == null ? List.of() : context.source().query(PublicationFacts.QUERY, PublicationFacts::read, name);
        return Outcome.of(
                name == null || existing.isEmpty()
                        ? creation(context, name)
                        : existing(context, name, existing.getFirst()));
    }

    private static List<Finding> existing(PrecheckContext context, String name, PublicationFacts publication) {
        List<Finding> findings = new ArrayList<>();
        Set<Operation> unpublished = operations(context.task());
        unpublished.removeAll(publication.operations());
        if (!unpublished.isEmpty()) {
            findings.add(Finding.error(
                    "publication " + name,
                    "The publication does not publish " + Wording.some(unpublished) + ", which the task wants.",
                    "ALTER PUBLICATION " + TableId.quote(name)
                            + " SET (publish = 'insert, update, delete, truncate');"));
        }
        List<RelationFacts> members = members(context);
        Set<TableId> published = new Publication(context.source().connected(), name).published();
        List<RelationFacts> missing = members.stream()
                .filter(member -> !published.contains(member.id()))
                .toList();
        // who owns the publication and all tables can have it changed by the run itself
        boolean mendable = publication.owned()
                && !publication.allTables()
                && members.stream().allMatch(RelationFacts::owned);
        if (!missing.isEmpty() && !mendable) {
            findings.add(Finding.error(
                    "publication " + name,
                    "The publication does not hold " + Wording.some(ids(missing))
                            + ", and the user may not add what is missing.",
                    String.join("\n", additions(name, ids(missing)))));
        }
        cut(context, name, members).ifPresent(findings::add);
        return findings;
    }

    /** Whoever wants less of a table says so in the task, which then copies no more than it follows. */
    private static Optional<Finding> cut(PrecheckContext context, String name, List<RelationFacts> members) {
        Set<Integer> numbers = new Publication(context.source().connected(), name).cut();
        List<TableId> tables = ids(members.stream()
                .filter(member -> numbers.contains(member.oid()))
                .toList());
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        String publication = "ALTER PUBLICATION " + TableId.quote(name);
        String quoted = Wording.quoted(tables);
        return Optional.of(Finding.alert(
                "publication " + name,
                "The publication sends only some rows or columns of " + Wording.some(tables)
                        + ", while the copy holds all. Let the task filter rows and leave columns out.",
                publication + " DROP TABLE " + quoted + ";\n" + publication + " ADD TABLE " + quoted + ";"));
    }

    private static List<Finding> creation(PrecheckContext context, @Nullable String name) {
        List<RelationFacts> members = members(context);
        List<RelationFacts> foreign =
                members.stream().filter(member -> !member.owned()).toList();
        boolean ofSuperuser = foreign.stream().anyMatch(RelationFacts::ownerIsSuperuser);
        if (!foreign.isEmpty() && (name != null || ofSuperuser)) {
            return List.of(byAnother(context, name, ids(members), ids(foreign)));
        }
        if (context.source().capabilities().standby()) {
            return List.of(onPrimary(context, name, ids(members)));
        }
        ServerFacts server = context.source().server();
        String user = TableId.quote(server.user());
        List<Finding> findings = new ArrayList<>();
        if (!server.mayCreate()) {
            String database = context.plan().source().database();
            findings.add(Finding.error(
                    "database " + database,
                    "The user may not create a publication in the database.",
                    "GRANT CREATE ON DATABASE " + TableId.quote(database) + " TO " + user + ";"));
        }
        if (findings.isEmpty() && foreign.isEmpty()) {
            tried(context, ids(members)).ifPresent(findings::add);
        }
        foreign.stream()
                .collect(Collectors.groupingBy(RelationFacts::owner, TreeMap::new, Collectors.toList()))
                .forEach((owner, tables) -> findings.add(Finding.error(
                        Wording.some(ids(tables)),
                        "Only the owner of a table may publish it, which is " + owner + ".",
                        "GRANT " + TableId.quote(owner) + " TO " + user + ";")));
        return findings;
    }

    /** What rights do not tell is tried. */
    private static Optional<Finding> tried(PrecheckContext context, List<TableId> members) {
        return new PublicationTrial(context.source().connected())
                .refusal(members, context.source().capabilities().publishesViaRoot())
                .map(refusal -> Finding.error(
                        "database " + context.plan().source().database(),
                        "The source refused to make a publication: " + refusal.getMessage(),
                        refusal.remedy()));
    }

    /** A superuser makes the publication, which takes less than making the user one. */
    private static Finding byAnother(
            PrecheckContext context, @Nullable String name, List<TableId> members, List<TableId> foreign) {
        String publication = name == null ? DEFAULT_NAME : name;
        boolean viaRoot = context.source().capabilities().publishesViaRoot();
        return Finding.error(
                Wording.some(foreign),
                "Only the owner of a table may publish it. Let a superuser make the publication"
                        + (name == null
                                ? " and name it in the task: \"publication\": \"" + publication + "\"."
                                : " that the task names."),
                creation(publication, members, viaRoot));
    }

    /** What is made there comes to the standby with the log. */
    private static Finding onPrimary(PrecheckContext context, @Nullable String name, List<TableId> members) {
        String publication = name == null ? DEFAULT_NAME : name;
        boolean viaRoot = context.source().capabilities().publishesViaRoot();
        return Finding.error(
                "database " + context.plan().source().database(),
                "The source is a standby, where no publication can be made. Let it be made at the primary"
                        + (name == null
                                ? " and name it in the task: \"publication\": \"" + publication + "\"."
                                : ", by the name that the task gives it."),
                creation(publication, members, viaRoot));
    }

    private static String creation(String name, List<TableId> members, boolean viaRoot) {
        int first = Math.min(members.size(), MAX_TABLES_PER_STATEMENT);
        List<String> statements = new ArrayList<>();
        statements.add("CREATE PUBLICATION " + TableId.quote(name) + " FOR TABLE "
                + Wording.quoted(members.subList(0, first))
                + (viaRoot ? " WITH (publish_via_partition_root = true)" : "") + ";");
        statements.addAll(additions(name, members.subList(first, members.size())));
        return String.join("\n", statements);
    }

    private static List<String> additions(String name, List<TableId> tables) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < tables.size(); i += MAX_TABLES_PER_STATEMENT) {
            List<TableId> some = tables.subList(i, Math.min(tables.size(), i + MAX_TABLES_PER_STATEMENT));
            statements.add("ALTER PUBLICATION " + TableId.quote(name) + " ADD TABLE " + Wording.quoted(some) + ";");
        }
        return statements;
    }

    /** What the publication has to list; before 13 leaves stand for their root. Unlogged ones have a check of their own. */
    private static List<RelationFacts> members(PrecheckContext context) {
        boolean viaRoot = context.source().capabilities().publishesViaRoot();
        return context.source().relations().stream()
                .filter(relation -> viaRoot ? relation.selected() : relation.holdsRows())
                .filter(relation -> relation.persistence() != 'u')
                .toList();
    }

    private static List<TableId> ids(List<RelationFacts> relations) {
        return relations.stream().map(RelationFacts::id).toList();
    }

    private static Set<Operation> operations(TaskSettings task) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (ObjectRule rule : task.objects().include()) {
            Set<Operation> own = rule.operations();
            operations.addAll(own == null ? task.operations() : own);
        }
        return operations;
    }
}
