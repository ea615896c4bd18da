/** What is checked before a task starts: every check is one class here and one line in a list. */
@NullMarked
package dev.leat.precheck;

import org.jspecify.annotations.NullMarked;
