package dev.leat.shape.etl;

/** What stands where there is no value. */
enum Missing {
    /** SQL's null. */
    NULL,
    /** A large value that an update left as it was, and that the log therefore does not hold. */
    UNAVAILABLE;

    /** Of two missing values, the one that an operation on both ends in: what is not known wins. */
    static Object worse(Object one, Object other) {
        return one == UNAVAILABLE || other == UNAVAILABLE ? UNAVAILABLE : NULL;
    }
}
