package dev.leat.kafka.format;

/** Takes the unscaled number of a decimal: the fewest bytes of its two's complement, most significant first. */
sealed interface Unscaled permits JsonBuffer, AvroBuffer {

    /** A number that 64 bits can hold. */
    void unscaled(long value);

    /** Any other, as its bytes. */
    void unscaled(byte[] value);
}
