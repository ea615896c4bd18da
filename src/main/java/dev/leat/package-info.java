/** Leat keeps Kafka topics in step with PostgreSQL tables. */
@NullMarked
package dev.leat;

import org.jspecify.annotations.NullMarked;
