package dev.leat.postgres.ddl;

import dev.leat.change.TableId;
import dev.leat.change.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders one table: its columns, and of its constraints and defaults those that need no function of the user's. The
 * others follow as statements of their own, because such a function may need the table. A table that the task renames
 * has its keys and no other constraint, whose expressions speak of the source's names.
 */
final class TableRenderer {

    /** Leaves tables that inherit alone. */
    private static final String ONLY = "ONLY ";

    private final SourceTable table;
    private final Dependencies dependencies;
    private final TargetTable target;
    private final Map<Long, SourceTable> tables;
    private final List<TargetTable> parents;
    private final boolean inherits;

    TableRenderer(
            SourceTable table,
            Dependencies dependencies,
            Map<Long, SourceTable> tables,
            Map<TableId, TableNames> names) {
        this.table = table;
        this.dependencies = dependencies;
        this.target = TargetTable.of(table, names);
        this.tables = tables;
        List<SourceTable> known = table.parents().stream()
                .map(tables::get)
                .filter(parent -> parent != null && names.containsKey(parent.id()))
                .toList();
        this.parents =
                known.stream().map(parent -> TargetTable.of(parent, names)).toList();
        this.inherits = !target.mapped()
                && !parents.isEmpty()
                && parents.size() == table.parents().size()
                && parents.stream().noneMatch(TargetTable::mapped);
    }

    /** The table and what is attached to it. */
    List<SchemaObject> objects() {
        List<SchemaObject> objects = new ArrayList<>();
        objects.add(new SchemaObject(
                table.address(),
                ObjectKind.TABLE,
                table.id().schema(),
                table.id().table(),
                create(),
                null,
                table.id()));
        table.columns().forEach(column -> addLater(objects, column));
        if (inherits) {
            table.columns().stream().filter(column -> !column.local()).forEach(column -> addOwnRules(objects, column));
        }
        table.constraints().stream()
                .filter(constraint -> inline(constraint).isEmpty())
                .forEach(constraint -> objects.add(later(constraint)));
        return objects;
    }

    private String create() {
        List<String> parts = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            boolean here = !inherits || column.local();
            if (here && (!target.mapped() || !column.isGenerated())) {
                target.column(column.name())
                        .ifPresent(called -> parts.add(column.definition(called, !comesLater(column), target.moves())));
            }
        }
        table.constraints().forEach(constraint -> inline(constraint).ifPresent(parts::add));
        return "CREATE " + (table.unlogged() ? "UNLOGGED " : "") + "TABLE " + target.quoted() + list(parts)
                + inherits();
    }

    private static String list(List<String> parts) {
        return parts.isEmpty() ? " ()" : parts.stream().collect(Collectors.joining(",\n    ", " (\n    ", "\n)"));
    }

    private String inherits() {
        return inherits
                ? parents.stream().map(TargetTable::quoted).collect(Collectors.joining(", ", " INHERITS (", ")"))
                : "";
    }

    private Optional<String> inline(TableConstraint constraint) {
        if (!target.mapped()) {
            return constraint.fitsInline(dependencies) ? Optional.of(constraint.clause()) : Optional.empty();
        }
        return constraint.isKey() ? renamedKey(constraint) : Optional.empty();
    }

    /** A key under other names; one that names a column that is left out is no key any more. */
    private Optional<String> renamedKey(TableConstraint key) {
        List<String> called = key.columns().stream()
                .flatMap(column -> target.column(column).stream())
                .toList();
        return called.size() == key.columns().size()
                ? Optional.of("CONSTRAINT " + key.quoted() + (key.type() == 'p' ? " PRIMARY KEY" : " UNIQUE") + " ("
                        + String.join(", ", called) + ")")
                : Optional.empty();
    }

    /** Whether a default is set by a statement of its own; what a column is generated from cannot be. */
    private boolean comesLater(TableColumn column) {
        return !column.isGenerated() && dependencies.callsUsersFunctions(column.defaultAddress());
    }

    private void addLater(List<SchemaObject> objects, TableColumn column) {
        boolean inherited = inherits && !column.local() && !column.isGenerated();
        if (column.expression() != null && (comesLater(column) || inherited)) {
            target.column(column.name())
                    .ifPresent(called -> objects.add(attached(
                            column.defaultAddress(),
                            ObjectKind.DEFAULT,
                            column.name(),
                            ONLY,
                            " ALTER COLUMN " + called + " SET DEFAULT " + column.expression())));
        }
    }

    /** An inherited column may refuse NULL or have no default where it does otherwise in the tables above. */
    private void addOwnRules(List<SchemaObject> objects, TableColumn column) {
        long place = (table.oid() << 12) + 2L * table.columns().indexOf(column);
        if (!column.mayBeNull() && above(table, column).allMatch(TableColumn::mayBeNull)) {
            // for those below too, which may have been made by now
            objects.add(attached(
                    new Address(Address.INHERITED, place),
                    ObjectKind.CONSTRAINT,
                    column.name(),
                    "",
                    column.refusingNull()));
        }
        if (column.expression() == null && above(table, column).anyMatch(other -> other.expression() != null)) {
            objects.add(attached(
                    new Address(Address.INHERITED, place + 1),
                    ObjectKind.DEFAULT,
                    column.name(),
                    ONLY,
                    " ALTER COLUMN " + column.quoted() + " DROP DEFAULT"));
        }
    }

    /** The same column in all tables that a table inherits from, however far away. */
    private Stream<TableColumn> above(SourceTable from, TableColumn column) {
        return from.parents().stream()
                .map(tables::get)
                .filter(Objects::nonNull)
                .flatMap(parent -> Stream.concat(
                        parent.columns().stream().filter(other -> other.name().equals(column.name())),
                        above(parent, column)));
    }

    private SchemaObject later(TableConstraint constraint) {
        ObjectKind kind = constraint.type() == 'f' ? ObjectKind.FOREIGN_KEY : ObjectKind.CONSTRAINT;
        return attached(constraint.address(), kind, constraint.name(), ONLY, " ADD " + constraint.clause());
    }

    private SchemaObject attached(Address address, ObjectKind kind, String name, String only, String action) {
        return new SchemaObject(
                address,
                kind,
                table.id().schema(),
                table.id().table() + "." + name,
                "ALTER TABLE " + only + target.quoted() + action,
                table.address(),
                table.id());
    }
}
