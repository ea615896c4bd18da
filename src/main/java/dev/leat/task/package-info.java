/** What the user created: tasks, their states, progress, events and checkpoints. */
@NullMarked
package dev.leat.task;

import org.jspecify.annotations.NullMarked;
