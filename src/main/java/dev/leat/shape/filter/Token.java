package dev.leat.shape.filter;

/**
 * A word of a filter's text.
 *
 * @param kind what sort of word
 * @param at index of its first character
 * @param text what it says: a name folded or unquoted, a text without its quotes, a symbol as it stands
 */
record Token(Kind kind, int at, String text) {

    /** The sorts of words. */
    enum Kind {
        WORD,
        QUOTED_NAME,
        TEXT,
        NUMBER,
        SYMBOL,
        END
    }

    /** Whether it is this word of the language, which a quoted name never is. */
    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** As a message shows it. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "a text in quotes";
            case QUOTED_NAME -> "\"" + text + "\"";
            case WORD, NUMBER, SYMBOL -> "'" + text + "'";
        };
    }
}
