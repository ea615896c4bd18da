/** Encrypts what must not lie in the database as plain text. */
@NullMarked
package dev.leat.secret;

import org.jspecify.annotations.NullMarked;
