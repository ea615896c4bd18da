package dev.leat.shape.dts;

import java.util.List;

/** A part of a script, with its place: the number of characters in front of it. */
sealed interface Syntax {

    int offset();

    /** A function and its arguments. */
    record Call(String function, List<Syntax> arguments, int offset) implements Syntax {}

    /** An argument that is given by name. */
    record Named(String name, Syntax value, int offset) implements Syntax {}

    /** A column in backquotes. */
    record Name(String column, int offset) implements Syntax {}

    /** Several values in brackets or parentheses. */
    record Values(List<Syntax> values, int offset) implements Syntax {}

    /** A text. */
    record Text(String text, int offset) implements Syntax {}

    /** A number as it is written, a word such as {@code true}, or a variable such as {@code __OPERATION__}. */
    record Word(String word, int offset) implements Syntax {}
}
