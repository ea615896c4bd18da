/** Why work stopped, whether it is tried again, and what the user can do. */
@NullMarked
package dev.leat.failure;

import org.jspecify.annotations.NullMarked;
