package dev.leat.shape.etl;

import java.util.List;

/** A compiled expression; evaluation gives a value or a {@link Missing}. Belongs to one thread. */
sealed interface Node {

    /** The value for the row in the frame. */
    Object value(Frame frame);

    /** Whether the value may be null. */
    boolean nullable();

    /** Always the same value. */
    record Constant(Object constant) implements Node {

        @Override
        public Object value(Frame frame) {
            return constant;
        }

        @Override
        public boolean nullable() {
            return constant instanceof Missing;
        }
    }

    /** A column as the steps before have left it. */
    record ColumnValue(Slot slot) implements Node {

        @Override
        public Object value(Frame frame) {
            return frame.value(slot);
        }

        @Override
        public boolean nullable() {
            return !slot.column().notNull();
        }
    }

    /** Something about the change as a whole. */
    record MetaValue(Meta meta) implements Node {

        @Override
        public Object value(Frame frame) {
            return frame.meta(meta);
        }

        @Override
        public boolean nullable() {
            return meta.nullable();
        }
    }

    /** A function whose arguments are all there; of a missing one it makes nothing but the same. */
    record Call(Overload overload, List<Node> parameters, Object[] arguments, int offset) implements Node {

        @Override
        public Object value(Frame frame) {
            Object missing = null;
            for (int i = 0; i < arguments.length; i++) {
                Object argument = parameters.get(i).value(frame);
                arguments[i] = argument;
                if (argument instanceof Missing) {
                    missing = missing == null ? argument : Missing.worse(missing, argument);
                }
            }
            return missing == null ? applied() : missing;
        }

        private Object applied() {
            try {
                return overload.body().apply(arguments);
            } catch (RowError e) {
                throw e.at(offset);
            }
        }

        @Override
        public boolean nullable() {
            return overload.nullable() || parameters.stream().anyMatch(Node::nullable);
        }
    }

    /** SQL's AND (absorbing false) or OR (absorbing true): a missing side does not matter where the other decides. */
    record Junction(Node left, Node right, Boolean absorbing) implements Node {

        @Override
        public Object value(Frame frame) {
            Object one = left.value(frame);
            if (absorbing.equals(one)) {
                return one;
            }
            Object other = right.value(frame);
            if (absorbing.equals(other) || !(one instanceof Missing)) {
                return other;
            }
            return other instanceof Missing ? Missing.worse(one, other) : one;
        }

        @Override
        public boolean nullable() {
            return left.nullable() || right.nullable();
        }
    }

    /** One of two values; a condition that is null counts as false. */
    record Choice(Node condition, Node yes, Node no, Overload overload) implements Node {

        @Override
        public Object value(Frame frame) {
            Object decided = condition.value(frame);
            if (decided == Missing.UNAVAILABLE) {
                return decided;
            }
            return overload.converted((Boolean.TRUE.equals(decided) ? yes : no).value(frame));
        }

        @Override
        public boolean nullable() {
            return yes.nullable() || no.nullable();
        }
    }

    /** The first argument that is not null. */
    record Coalesce(List<Node> parameters, Overload overload) implements Node {

        @Override
        public Object value(Frame frame) {
            for (Node parameter : parameters) {
                Object value = parameter.value(frame);
                if (value != Missing.NULL) {
                    return overload.converted(value);
                }
            }
            return Missing.NULL;
        }

        @Override
        public boolean nullable() {
            return parameters.stream().allMatch(Node::nullable);
        }
    }

    /** Whether a value is null; of a value that is not known, neither. */
    record IsNull(Node parameter) implements Node {

        @Override
        public Object value(Frame frame) {
            Object value = parameter.value(frame);
            return value == Missing.UNAVAILABLE ? value : (Object) (value == Missing.NULL);
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }

    /** Whether the log holds a value. */
    record IsKnown(Node parameter) implements Node {

        @Override
        public Object value(Frame frame) {
            return parameter.value(frame) != Missing.UNAVAILABLE;
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }

    /** Whether a value equals one of several; as in SQL, null when it equals none of them and one of them is null. */
    record In(Node needle, List<Node> list) implements Node {

        @Override
        public Object value(Frame frame) {
            Object wanted = needle.value(frame);
            if (wanted instanceof Missing) {
                return wanted;
            }
            Object missing = null;
            for (Node node : list) {
                Object value = node.value(frame);
                if (value instanceof Missing) {
                    missing = missing == null ? value : Missing.worse(missing, value);
                } else if (Comparing.equal(wanted, value)) {
                    return true;
                }
            }
            return missing == null ? Boolean.FALSE : missing;
        }

        @Override
        public boolean nullable() {
            return needle.nullable() || list.stream().anyMatch(Node::nullable);
        }
    }

    /** The text that PostgreSQL would print for a value. */
    record AsText(Node parameter, Kind kind) implements Node {

        @Override
        public Object value(Frame frame) {
            Object value = parameter.value(frame);
            return value instanceof Missing ? value : Texts.of(value, kind);
        }

        @Override
        public boolean nullable() {
            return parameter.nullable();
        }
    }
}
