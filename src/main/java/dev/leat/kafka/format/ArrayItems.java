package dev.leat.kafka.format;

/** Hears what an array holds, in its order. */
sealed interface ArrayItems permits ArrayJson, AvroArray {

    /** An array begins, which may be an item of another. */
    void open();

    /** Another item follows. */
    void next();

    /** An item that is not NULL, as text. */
    void item(byte[] text, int start, int end);

    /** An item that is NULL. */
    void none();

    /** The innermost array ends. */
    void close();
}
