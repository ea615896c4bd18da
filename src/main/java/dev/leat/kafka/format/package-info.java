/** Turns a change into the bytes of a record, one encoder per format. */
@NullMarked
package dev.leat.kafka.format;

import org.jspecify.annotations.NullMarked;
