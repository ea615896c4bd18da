package dev.leat.shape;

import dev.leat.change.Table;
import org.jspecify.annotations.Nullable;

/**
 * How a table stands in records.
 *
 * @param source the table as the source has it
 * @param target the table as it stands in records
 * @param changed whether names or columns differ from what comes out of the source, or of ETL where there is one
 * @param topic the topic of its records
 * @param projection the columns that remain, as they come out of ETL; null for all of them
 */
record TableMapping(Table source, Table target, boolean changed, String topic, int @Nullable [] projection) {}
