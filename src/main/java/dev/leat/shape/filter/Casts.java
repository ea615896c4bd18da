package dev.leat.shape.filter;

import dev.leat.failure.SyncException;
import java.util.Optional;

/** Casts that no row can make fail. */
final class Casts {

    private static final String REMEDY = "Casts of columns widen numbers, turn a value into text, or a timestamp into"
            + " its date; others could fail for a row and stop the task.";

    private final Complaints complaints;

    Casts(Complaints complaints) {
        this.complaints = complaints;
    }

    /** A value under another type. */
    Value cast(int at, Value value, Type to) {
        return switch (value) {
            case Value.Column column -> column(at, column, to);
            case Value.Constant constant -> constant(at, constant, to);
            case Value.Untyped untyped -> literal(untyped, to);
            case Value.Null nothing -> new Value.Null(nothing.at(), to);
            case Value.Remainder _ -> throw refused(at, value, to, "Leave the cast out.");
            case Value.Decided _ -> throw refused(at, value, to, "Leave the cast out.");
        };
    }

    /** A text in quotes as a value of a type. */
    Value.Constant literal(Value.Untyped untyped, Type type) {
        String text = Literals.read(untyped.text(), type)
                .orElseThrow(() -> complaints.at(
                        untyped.at(),
                        untyped.shown() + " is not a value of type " + type.shown() + ".",
                        Literals.form(type)));
        return new Value.Constant(untyped.at(), type, text);
    }

    /** A constant under another type. */
    Value.Constant constant(int at, Value.Constant constant, Type to) {
        Type from = constant.type();
        if (from.kind() == to.kind()) {
            return constant;
        }
        Optional<String> text = Optional.empty();
        if (from.number() && to.number()) {
            text = Literals.convert(constant.text(), from, to);
        } else if (from.textual() && to.textual()) {
            text = Literals.read(constant.text(), to);
        } else if (from.kind() == Type.Kind.DATE && to.timestamp()) {
            text = TemporalLiterals.midnight(constant.text(), to.kind() == Type.Kind.TIMESTAMPTZ);
        }
        return new Value.Constant(
                constant.at(),
                to,
                text.orElseThrow(() -> refused(at, constant, to, "Write the literal as it is meant.")));
    }

    private Value column(int at, Value.Column column, Type to) {
        Type from = column.type();
        if (from.kind() == to.kind()) {
            return column;
        }
        boolean untouched = column.stored().kind() == from.kind();
        boolean allowed = toText(to) ? from.textual() || untouched && from.comparable() : widens(from, to);
        if (!allowed) {
            throw refused(at, column, to, REMEDY);
        }
        return new Value.Column(column.at(), column.cell(), column.stored(), to, Sql.cast(column.sql(), to));
    }

    private static boolean toText(Type to) {
        return to.kind() == Type.Kind.TEXT || to.kind() == Type.Kind.VARCHAR;
    }

    private static boolean widens(Type from, Type to) {
        if (from.timestamp()) {
            return to.timestamp() || to.kind() == Type.Kind.DATE;
        }
        boolean wholeWidens = from.whole() && to.number() && to.kind().compareTo(from.kind()) > 0;
        boolean floatWidens = from.kind() == Type.Kind.FLOAT4 && to.kind() == Type.Kind.FLOAT8;
        return wholeWidens && to.kind() != Type.Kind.FLOAT4 || floatWidens;
    }

    private SyncException refused(int at, Value value, Type to, String remedy) {
        return complaints.at(at, value.shown() + " cannot be cast to " + to.shown() + ".", remedy);
    }
}
