/** The pages that people use in a browser: sign-in, tasks, and their live updates. */
@NullMarked
package dev.leat.console;

import org.jspecify.annotations.NullMarked;
