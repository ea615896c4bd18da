package dev.leat.console;

import dev.leat.console.form.Sent;

/**
 * What a button of a form asks for, such as {@code remove:3}.
 *
 * @param verb what to do
 * @param argument with what; empty where the verb says it all
 */
record Command(String verb, String argument) {

    /** The command that was sent in the field {@code do}. */
    static Command of(Sent sent, String otherwise) {
        String text = sent.text("do").isEmpty() ? otherwise : sent.text("do");
        int colon = text.indexOf(':');
        return colon < 0 ? new Command(text, "") : new Command(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The argument as a place in a list; -1 when it is none. */
    int index() {
        try {
            return Integer.parseInt(argument);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The argument as a revision; one that there never was when it is none. */
    long number() {
        try {
            return Long.parseLong(argument);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
