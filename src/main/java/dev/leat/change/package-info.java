/** The words of the data plane: tables, rows and what happened to them. */
@NullMarked
package dev.leat.change;

import org.jspecify.annotations.NullMarked;
