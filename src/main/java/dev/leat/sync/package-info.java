/** The phases of a task and their conductor. */
@NullMarked
package dev.leat.sync;

import org.jspecify.annotations.NullMarked;
