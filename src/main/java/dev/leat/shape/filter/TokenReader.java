package dev.leat.shape.filter;

import dev.leat.failure.SyncException;
import dev.leat.shape.filter.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Hands out a filter's words one by one, and looks a few ahead. */
final class TokenReader {

    private static final Set<String> RANGES = Set.of("in", "between", "like", "ilike", "similar");

    private final List<Token> tokens;
    private final Complaints complaints;
    private int place;

    TokenReader(List<Token> tokens, Complaints complaints) {
        this.tokens = tokens;
        this.complaints = complaints;
    }

    Token peek() {
        return peek(0);
    }

    /** The end has no successor but itself. */
    private Token peek(int ahead) {
        return tokens.get(Math.min(place + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        place++;
        return token;
    }

    /** Whether NOT stands before IN, BETWEEN or LIKE, so that it belongs to them. */
    boolean negatesRange() {
        return peek(1).kind() == Kind.WORD && RANGES.contains(peek(1).text());
    }

    void expectSymbol(String symbol) {
        if (!peek().isSymbol(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
        next();
    }

    void expectWord(String word) {
        if (!peek().isWord(word)) {
            throw unexpected(word.toUpperCase(Locale.ROOT));
        }
        next();
    }

    /** The type that is named before a text in quotes, as in {@code DATE '2026-01-31'}; then the text comes next. */
    Optional<Type> typeBeforeText() {
        for (int words = 1; words <= TypeNames.MAX_WORDS && peek(words - 1).kind() == Kind.WORD; words++) {
            Optional<Type> type = TypeNames.find(words(words));
            if (type.isPresent() && peek(words).kind() == Kind.TEXT) {
                place += words;
                return type;
            }
        }
        return Optional.empty();
    }

    /** The type that is named here, by as many words as make a name. */
    Type type() {
        Token first = peek();
        for (int words = TypeNames.MAX_WORDS; words > 0; words--) {
            Optional<Type> type = TypeNames.find(words(words));
            if (type.isPresent()) {
                place += words;
                refuseModifier();
                return type.get();
            }
        }
        throw complaints.at(
                first.at(),
                first.shown() + " is not a type that a filter can cast to.",
                "Use smallint, integer, bigint, numeric, real, double precision, boolean, text, date, timestamp,"
                        + " timestamptz, uuid or bytea.");
    }

    private void refuseModifier() {
        if (peek().isSymbol("(")) {
            throw complaints.at(
                    peek().at(), "types with a length or precision are not available.", "Leave the parentheses out.");
        }
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(peek(i).kind() == Kind.WORD ? peek(i).text() : "\"");
        }
        return words.toString();
    }

    SyncException unexpected(String wanted) {
        return unexpected(peek(), wanted);
    }

    SyncException unexpected(Token token, String wanted) {
        return complaints.at(token.at(), wanted + " should stand here, not " + token.shown() + ".", Parser.ALLOWED);
    }
}
