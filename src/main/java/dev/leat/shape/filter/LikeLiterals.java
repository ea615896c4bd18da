package dev.leat.shape.filter;

import java.util.Optional;

/** Reads the pattern and the escape character of LIKE. */
final class LikeLiterals {

    private static final String PATTERN_REMEDY =
            "Write a text in quotes after LIKE; % stands for any text, _ for one" + " character.";

    private final Complaints complaints;

    LikeLiterals(Complaints complaints) {
        this.complaints = complaints;
    }

    Checked check(Expression.Like like, Value left) {
        Value.Column column = column(like, left);
        String pattern = pattern(like);
        BytesTerm term =
                column.type().kind() == Type.Kind.BPCHAR ? new BytesTerm.OfCell(column.cell()) : Terms.asBytes(column);
        return new Checked(
                new Condition.Like(term, LikePattern.of(pattern, like.anyCase())),
                "(" + sql(column) + " COLLATE pg_catalog.\"C\" " + (like.anyCase() ? "ILIKE " : "LIKE ")
                        + Sql.constant(Type.TEXT, pattern) + ")");
    }

    /** Type character keeps its blanks before LIKE, and only there. */
    private static String sql(Value.Column column) {
        return column.type().kind() == Type.Kind.VARCHAR ? Sql.cast(column.sql(), Type.TEXT) : column.sql();
    }

    private Value.Column column(Expression.Like like, Value left) {
        if (left instanceof Value.Column column && column.type().textual()) {
            return column;
        }
        throw complaints.at(
                like.at(), left.shown() + " is not a text column.", "Cast it to text before LIKE: x::text.");
    }

    /** The pattern with a backslash as its escape character. */
    private String pattern(Expression.Like like) {
        if (!(like.pattern() instanceof Expression.Text pattern)) {
            throw complaints.at(like.pattern().at(), "the pattern must be a text in quotes.", PATTERN_REMEDY);
        }
        Optional<Integer> escape = escape(like);
        StringBuilder escaped = new StringBuilder();
        int[] characters = pattern.text().codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            boolean escapes = escape.isPresent() && escape.get() == characters[i];
            if (escapes && ++i == characters.length) {
                throw complaints.at(
                        pattern.at(), "the pattern ends in its escape character.", "Write the escape character twice.");
            }
            escaped.append(escapes || characters[i] == '\\' ? "\\" : "").appendCodePoint(characters[i]);
        }
        return escaped.toString();
    }

    private Optional<Integer> escape(Expression.Like like) {
        if (like.escape() == null) {
            return Optional.of((int) '\\');
        }
        if (like.escape() instanceof Expression.Text text
                && text.text().codePointCount(0, text.text().length()) <= 1) {
            return text.text().isEmpty()
                    ? Optional.empty()
                    : Optional.of(text.text().codePointAt(0));
        }
        throw complaints.at(
                like.escape().at(), "ESCAPE takes one character in quotes, or none.", "Write it as in ESCAPE '!'.");
    }
}
