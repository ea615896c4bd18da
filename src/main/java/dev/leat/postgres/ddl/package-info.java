/** Renders the source's schema as DDL. */
@NullMarked
package dev.leat.postgres.ddl;

import org.jspecify.annotations.NullMarked;
