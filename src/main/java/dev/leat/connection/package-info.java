/** Registered endpoints: their settings and secrets, whether they can be reached, and what they hold. */
@NullMarked
package dev.leat.connection;

import org.jspecify.annotations.NullMarked;
