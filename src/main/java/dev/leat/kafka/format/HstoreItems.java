package dev.leat.kafka.format;

/** Hears what an {@code hstore} holds, in the order in which it is printed. */
sealed interface HstoreItems permits HstoreJson, AvroMap {

    /** It begins. */
    void open();

    /** Another pair follows. */
    void next();

    /** A pair's key. */
    void key(byte[] text, int start, int end);

    /** A pair's value that is not NULL. */
    void value(byte[] text, int start, int end);

    /** A pair's value that is NULL. */
    void none();

    /** It ends. */
    void close();
}
