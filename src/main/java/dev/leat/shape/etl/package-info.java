/** ETL: the steps that a user gives for a table's rows, compiled once per shape of the table. */
@NullMarked
package dev.leat.shape.etl;

import org.jspecify.annotations.NullMarked;
