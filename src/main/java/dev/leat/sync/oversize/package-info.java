/** How a change is made smaller when its records are larger than a topic takes. */
@NullMarked
package dev.leat.sync.oversize;

import org.jspecify.annotations.NullMarked;
