package dev.leat.shape.filter;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks whether an expression makes sense for a table, and turns it into what can be decided. */
final class Checker {

    private static final int NAMES_SHOWN = 20;

    private final Table table;
    private final Complaints complaints;
    private final Casts casts;
    private final Comparisons comparisons;
    private final LikeLiterals likes;
    private final SortedSet<Integer> columns = new TreeSet<>();

    Checker(Table table, Complaints complaints) {
        this.table = table;
        this.complaints = complaints;
        this.casts = new Casts(complaints);
        this.comparisons = new Comparisons(complaints, casts);
        this.likes = new LikeLiterals(complaints);
    }

    /** Indexes of the columns that were named so far. */
    List<Integer> columns() {
        return List.copyOf(columns);
    }

    /** An expression that decides. */
    Checked condition(Expression expression) {
        return switch (expression) {
            case Expression.Junction junction -> junction(junction);
            case Expression.Not not -> condition(not.operand()).negated();
            case Expression.Comparison comparison ->
                comparisons.compare(
                        comparison.at(), comparison.operator(), value(comparison.left()), value(comparison.right()));
            case Expression.Distinct distinct ->
                comparisons.distinct(distinct.at(), value(distinct.left()), value(distinct.right()));
            case Expression.In in ->
                comparisons.among(
                        in.at(),
                        value(in.left()),
                        in.items().stream().map(this::value).toList());
            case Expression.Like like -> likes.check(like, value(like.left()));
            case Expression.IsNull isNull -> isNull(value(isNull.operand()));
            case Expression.Is is -> {
                Checked operand = condition(is.operand());
                yield new Checked(
                        new Condition.Is(operand.condition(), is.truth()),
                        "(" + operand.sql() + " IS " + is.truth() + ")");
            }
            case Expression.Name _,
                    Expression.Text _,
                    Expression.Number _,
                    Expression.Bool _,
                    Expression.Null _,
                    Expression.Cast _,
                    Expression.Remainder _ -> decided(value(expression));
        };
    }

    private Checked junction(Expression.Junction junction) {
        List<Checked> operands = new ArrayList<>();
        junction.operands().forEach(operand -> operands.add(condition(operand)));
        return new Checked(
                new Condition.Junction(
                        junction.and(),
                        operands.stream().map(Checked::condition).toArray(Condition[]::new)),
                Sql.joined(junction.and() ? "AND" : "OR", operands.stream().map(Checked::sql)));
    }

    /** A value that stands where a condition is wanted. */
    private Checked decided(Value value) {
        Value typed = value instanceof Value.Untyped untyped ? casts.literal(untyped, Type.BOOL) : value;
        Type type = typed instanceof Value.Null nothing && nothing.type() == null ? Type.BOOL : Terms.type(typed);
        if (type.kind() != Type.Kind.BOOL) {
            throw complaints.at(
                    value.at(), value.shown() + " is not a condition.", "Compare it with something, or ask IS NULL.");
        }
        return switch (typed) {
            case Value.Null _ -> new Checked(new Condition.Fixed(Truth.UNKNOWN), Sql.cast("NULL", Type.BOOL));
            case Value.Decided decided -> decided.checked();
            default -> new Checked(new Condition.Flag(Terms.asLong(typed)), Terms.sql(typed));
        };
    }

    private Checked isNull(Value value) {
        if (value instanceof Value.Column column && column.type().kind() == Type.Kind.COMPOSITE) {
            throw complaints.at(
                    value.at(),
                    value.shown() + " is composite, and then NULL does not mean what it seems.",
                    "A filter cannot read composite columns.");
        }
        return new Checked(Terms.isNull(value), "(" + Terms.sql(value) + " IS NULL)");
    }

    private Value value(Expression expression) {
        return switch (expression) {
            case Expression.Name name -> column(name);
            case Expression.Text text -> new Value.Untyped(text.at(), text.text());
            case Expression.Number number -> number(number);
            case Expression.Bool bool -> new Value.Constant(bool.at(), Type.BOOL, bool.value() ? "t" : "f");
            case Expression.Null nothing -> new Value.Null(nothing.at(), null);
            case Expression.Cast cast -> casts.cast(cast.at(), value(cast.operand()), cast.type());
            case Expression.Remainder remainder -> remainder(remainder);
            case Expression.Comparison _,
                    Expression.Junction _,
                    Expression.Not _,
                    Expression.In _,
                    Expression.Like _,
                    Expression.IsNull _,
                    Expression.Is _,
                    Expression.Distinct _ -> new Value.Decided(expression.at(), condition(expression));
        };
    }

    private Value number(Expression.Number number) {
        Type type = Literals.typeOf(number.digits());
        return casts.literal(new Value.Untyped(number.at(), number.digits()), type);
    }

    private Value column(Expression.Name name) {
        List<Column> all = table.columns();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(name.name())) {
                columns.add(i);
                return column(name.at(), i, all.get(i));
            }
        }
        throw complaints.at(
                name.at(),
                "there is no column \"" + name.name() + "\".",
                "The columns are " + names(all) + ". Names with capitals need double quotes, generated columns are not"
                        + " known to the log.");
    }

    private Value column(int at, int index, Column column) {
        Type type = Type.of(column.type());
        String name = TableId.quote(column.name());
        boolean own = column.type().kind() != DataType.Kind.DOMAIN;
        String sql = own || !type.comparable() ? name : Sql.cast(name, type);
        return new Value.Column(at, new Cell(index, column.name(), table.id()), type, type, sql);
    }

    private static String names(List<Column> columns) {
        String names = columns.stream().limit(NAMES_SHOWN).map(Column::name).collect(Collectors.joining(", "));
        return columns.size() > NAMES_SHOWN ? names + " and " + (columns.size() - NAMES_SHOWN) + " more" : names;
    }

    private Value remainder(Expression.Remainder remainder) {
        Value dividend = value(remainder.dividend());
        Value right = value(remainder.divisor());
        Value divisor = right instanceof Value.Untyped text ? casts.literal(text, Terms.type(dividend)) : right;
        boolean whole = (dividend instanceof Value.Column || dividend instanceof Value.Remainder)
                && Terms.type(dividend).whole()
                && divisor instanceof Value.Constant constant
                && constant.type().whole()
                && Terms.number(constant) != 0;
        if (!whole) {
            throw complaints.at(
                    remainder.at(),
                    "% is available only for a whole number and a constant that is not 0.",
                    "Write it as in id % 10 = 3.");
        }
        Type type = Terms.type(dividend).kind().compareTo(Terms.type(divisor).kind()) > 0
                ? Terms.type(dividend)
                : Terms.type(divisor);
        return new Value.Remainder(
                remainder.at(),
                new LongTerm.Remainder(Terms.asLong(dividend), Terms.number((Value.Constant) divisor)),
                Terms.isNull(dividend),
                type,
                "(" + Sql.cast(Terms.sql(dividend), type) + " % " + Sql.cast(Terms.sql(divisor), type) + ")");
    }
}
