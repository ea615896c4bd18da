/** The REST interface: calls, their JSON, and problem details. */
@NullMarked
package dev.leat.api;

import org.jspecify.annotations.NullMarked;
