/** Row filters: a condition in SQL's own words, read, checked against the table, and decided on the bytes of rows. */
@NullMarked
package dev.leat.shape.filter;

import org.jspecify.annotations.NullMarked;
