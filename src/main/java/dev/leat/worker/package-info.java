/** Which node runs which task, and how long it tries again. */
@NullMarked
package dev.leat.worker;

import org.jspecify.annotations.NullMarked;
