package dev.leat.security;

/**
 * A token just made: the only time that its text is known.
 *
 * @param token how it is listed
 * @param text {@code leat_} and 43 characters, to send as {@code Authorization: Bearer …}
 */
public record NewToken(Token token, String text) {

    /** Without the text. */
    @Override
    public String toString() {
        return "NewToken[" + token.name() + "]";
    }
}
