/** All that is said to the destination. */
@NullMarked
package dev.leat.kafka;

import org.jspecify.annotations.NullMarked;
