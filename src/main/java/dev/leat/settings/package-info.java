/** What the user chose, as immutable records. */
@NullMarked
package dev.leat.settings;

import org.jspecify.annotations.NullMarked;
