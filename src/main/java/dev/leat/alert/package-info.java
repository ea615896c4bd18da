/** When a task calls for a person: rules over its state, phase, delay and WAL, and the alerts that they open and close. */
@NullMarked
package dev.leat.alert;

import org.jspecify.annotations.NullMarked;
