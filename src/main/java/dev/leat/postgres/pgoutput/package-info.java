/** Turns the bytes of PostgreSQL's pgoutput protocol into messages. */
@NullMarked
package dev.leat.postgres.pgoutput;

import org.jspecify.annotations.NullMarked;
