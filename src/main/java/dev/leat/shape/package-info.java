/** What the user does to a change: rows, names, columns, ETL, operations; compiled once per table. */
@NullMarked
package dev.leat.shape;

import org.jspecify.annotations.NullMarked;
