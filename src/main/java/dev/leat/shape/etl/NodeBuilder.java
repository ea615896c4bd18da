package dev.leat.shape.etl;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.leat.change.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a tree of nodes of a checked expression, with constant parts worked out beforehand. */
final class NodeBuilder {

    private final CelAbstractSyntaxTree tree;
    private final Map<String, Slot> variables;
    private final TableId table;
    private final String database;

    private NodeBuilder(Checked checked, String database) {
        this.tree = checked.tree();
        this.variables = checked.variables();
        this.table = checked.place().table();
        this.database = database;
    }

    /**
     * The tree, for one thread.
     *
     * @throws RowError when a constant part cannot be worked out
     */
    static Node build(Checked checked, String database) {
        return new NodeBuilder(checked, database).node(checked.tree().getExpr());
    }

    private Node node(CelExpr expression) {
        try {
            return switch (expression.getKind()) {
                case CONSTANT -> new Node.Constant(constant(expression.constant()));
                case IDENT, SELECT -> variable(expression);
                case CALL -> call(expression);
                case LIST -> throw new RowError("a list stands only behind 'in'");
                default -> throw new RowError("expressions have no maps, messages and loops here");
            };
        } catch (RowError e) {
            throw e.at(offset(expression));
        }
    }

    private int offset(CelExpr expression) {
        return tree.getSource().getPositionsMap().getOrDefault(expression.id(), 0);
    }

    private static Object constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> Missing.NULL;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> constant.bytesValue().toByteArray();
            default -> throw new RowError("a literal of this type has no use here");
        };
    }

    private Node variable(CelExpr expression) {
        String name = tree.getReferenceOrThrow(expression.id()).name();
        Slot slot = variables.get(name);
        if (slot != null) {
            return new Node.ColumnValue(slot);
        }
        Optional<Meta> meta = Meta.of(name);
        return switch (meta.orElseThrow(() -> new RowError("there is no column '" + name + "'"))) {
            case SCHEMA -> new Node.Constant(table.schema());
            case TABLE -> new Node.Constant(table.table());
            case DATABASE -> new Node.Constant(database);
            case OPERATION, COMMITTED_AT, LSN, COMMIT_LSN, TRANSACTION_ID -> new Node.MetaValue(meta.get());
        };
    }

    private Node call(CelExpr expression) {
        List<CelExpr> parameters = new ArrayList<>();
        expression.call().target().ifPresent(parameters::add);
        parameters.addAll(expression.call().args());
        if (expression.call().function().equals(Operators.IN)) {
            return in(parameters);
        }
        List<String> ids = tree.getReferenceOrThrow(expression.id()).overloadIds();
        if (ids.size() != 1) {
            throw new RowError("the types do not tell which function is meant");
        }
        Overload overload = Checker.overload(ids.getFirst());
        return call(overload, nodes(overload, parameters), offset(expression));
    }

    private Node in(List<CelExpr> parameters) {
        CelExpr list = parameters.get(1);
        if (list.getKind() != CelExpr.ExprKind.Kind.LIST) {
            throw new RowError("behind 'in' stands a list in brackets");
        }
        Kind kind = kind(parameters.getFirst());
        List<CelExpr> elements = list.list().elements();
        // CEL takes a list of different kinds for one of anything
        elements.forEach(element -> comparable(kind, element));
        return new Node.In(
                node(parameters.getFirst()), elements.stream().map(this::node).toList());
    }

    private void comparable(Kind kind, CelExpr element) {
        Kind other = kind(element);
        boolean numbers = Operators.NUMBERS.contains(kind) && Operators.NUMBERS.contains(other);
        if (kind != other && !numbers) {
            throw new RowError("a " + kind.label() + " is never a " + other.label()).at(offset(element));
        }
    }

    private Kind kind(CelExpr expression) {
        return Kind.of(tree.getTypeOrThrow(expression.id()));
    }

    private List<Node> nodes(Overload overload, List<CelExpr> parameters) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            CelExpr parameter = parameters.get(i);
            Node node = node(parameter);
            boolean text = overload.parameters().get(i) instanceof Overload.Parameter.Any && !asksForPresence(overload);
            nodes.add(text ? new Node.AsText(node, kind(parameter)) : node);
        }
        return nodes;
    }

    private static boolean asksForPresence(Overload overload) {
        return overload.name().equals(Operators.IS_NULL) || overload.name().equals(Operators.IS_KNOWN);
    }

    private static Node call(Overload overload, List<Node> nodes, int offset) {
        return switch (overload.name()) {
            case Operators.AND -> new Node.Junction(nodes.get(0), nodes.get(1), Boolean.FALSE);
            case Operators.OR -> new Node.Junction(nodes.get(0), nodes.get(1), Boolean.TRUE);
            case Operators.CHOICE -> new Node.Choice(nodes.get(0), nodes.get(1), nodes.get(2), overload);
            case Operators.COALESCE -> new Node.Coalesce(nodes, overload);
            case Operators.IS_NULL -> new Node.IsNull(nodes.getFirst());
            case Operators.IS_KNOWN -> new Node.IsKnown(nodes.getFirst());
            default -> folded(overload, nodes, offset);
        };
    }

    /** Constants are worked out here, and constant patterns, zones and digests tried, so that the start refuses them. */
    private static Node folded(Overload overload, List<Node> nodes, int offset) {
        if (nodes.stream().anyMatch(node -> node instanceof Node.Constant(Missing _))) {
            throw new RowError("with null there is no result: to ask for it, use isNull(…)").at(offset);
        }
        Node.Call call = new Node.Call(overload, nodes, new Object[nodes.size()], offset);
        if (nodes.stream().allMatch(node -> node instanceof Node.Constant)) {
            return new Node.Constant(call.value(new Frame(0, 0)));
        }
        for (int i = 1; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof Node.Constant(String text)) {
                Literals.check(overload.name(), i, text);
            }
        }
        return call;
    }
}
