/** Where Leat keeps what it knows: the data directory, and the PostgreSQL in it when no other is given. */
@NullMarked
package dev.leat.metadata;

import org.jspecify.annotations.NullMarked;
