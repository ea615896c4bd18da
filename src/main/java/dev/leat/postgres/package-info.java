/** All that is said to the source database. */
@NullMarked
package dev.leat.postgres;

import org.jspecify.annotations.NullMarked;
