package dev.leat.shape.filter;

import dev.leat.failure.SyncException;
import dev.leat.shape.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a filter's text into words as PostgreSQL would, and refuses whatever PostgreSQL could read in another way.
 * Source: PostgreSQL's manual, "Lexical Structure".
 */
final class Lexer {

    private static final List<String> SYMBOLS = List.of("<>", "!=", "<=", ">=", "::");
    private static final String SINGLE_SYMBOLS = "()=<>,+-*/%.";

    private final String text;
    private final Complaints complaints;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(String text, Complaints complaints) {
        this.text = text;
        this.complaints = complaints;
    }

    /** All words, and the end as the last one. */
    List<Token> tokens() {
        while (skipBlanks()) {
            next();
        }
        tokens.add(new Token(Kind.END, text.length(), ""));
        return tokens;
    }

    private boolean skipBlanks() {
        while (at < text.length() && " \t\n\r\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length();
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\'') {
            text();
        } else if (c == '"') {
            quotedName();
        } else if (startsName(c)) {
            word();
        } else if (isDigit(at) || c == '.' && isDigit(at + 1)) {
            number();
        } else {
            symbol();
        }
    }

    private void text() {
        int start = at;
        add(Kind.TEXT, start, quoted('\'', "text"));
    }

    private void quotedName() {
        int start = at;
        String name = quoted('"', "name");
        if (name.isEmpty()) {
            throw complaints.at(start, "the quotes are empty.", "Write a column's name between double quotes.");
        }
        add(Kind.QUOTED_NAME, start, name);
    }

    /** What stands between quotes; a quote inside is written twice. */
    private String quoted(char quote, String what) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                if (at == text.length() || text.charAt(at) != quote) {
                    return value.toString();
                }
                at++;
            }
            refuseStrange(c, at - 1);
            value.append(c);
        }
        throw complaints.at(
                start, "the quoted " + what + " has no end.", "Close it with " + quote + "; inside, write it twice.");
    }

    /** Neither PostgreSQL nor UTF-8 knows the character 0 or half of a pair. */
    private void refuseStrange(char c, int index) {
        boolean loneHalf = Character.isHighSurrogate(c)
                        && (index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1)))
                || Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
        if (c == 0 || loneHalf) {
            throw complaints.at(index, "this is no character that PostgreSQL can hold.", "Leave it out.");
        }
    }

    private void word() {
        int start = at;
        while (at < text.length() && continuesName(text.charAt(at))) {
            refuseStrange(text.charAt(at), at);
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\'' && at - start == 1 && isPrefix(text.charAt(start))) {
            throw prefixed(start);
        }
        add(Kind.WORD, start, folded(text.substring(start, at)));
    }

    private SyncException prefixed(int start) {
        return complaints.at(
                start,
                "texts with a letter before the quote, such as E'…', are not available.",
                "Write the text in plain single quotes; a backslash is then an ordinary character.");
    }

    private static boolean isPrefix(char c) {
        return "eEbBxXnN".indexOf(c) >= 0;
    }

    /** PostgreSQL folds only the letters A to Z in a UTF-8 database. */
    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + 32));
            }
        }
        return folded.toString();
    }

    private void number() {
        int start = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at += at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1;
            digits();
        }
        boolean whole = Character.isDigit(text.charAt(at - 1)) || text.charAt(at - 1) == '.';
        if (!whole || at < text.length() && (continuesName(text.charAt(at)) || text.charAt(at) == '.')) {
            throw complaints.at(start, "this is not a number.", "Write numbers as 12, 12.5 or 1.25e3.");
        }
        add(Kind.NUMBER, start, text.substring(start, at));
    }

    private void digits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private void symbol() {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                add(Kind.SYMBOL, at, symbol);
                at += symbol.length();
                return;
            }
        }
        if (text.startsWith("--", at) || text.startsWith("/*", at)) {
            throw complaints.at(at, "comments are not available.", "Leave the comment out.");
        }
        if (SINGLE_SYMBOLS.indexOf(text.charAt(at)) < 0) {
            String shown = Character.toString(text.codePointAt(at));
            throw complaints.at(at, "'" + shown + "' has no meaning here.", Parser.ALLOWED);
        }
        add(Kind.SYMBOL, at, text.substring(at, at + 1));
        at++;
    }

    private void add(Kind kind, int start, String value) {
        tokens.add(new Token(kind, start, value));
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean startsName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    private static boolean continuesName(char c) {
        return startsName(c) || c >= '0' && c <= '9' || c == '$';
    }
}
