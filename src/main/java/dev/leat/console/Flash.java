package dev.leat.console;

import java.io.Serializable;

/**
 * What came of the last action, shown once on the next page.
 *
 * @param good whether it was done
 * @param key message key; {@code flash.refused} shows the argument alone
 * @param argument the task's name, or why it was refused
 */
record Flash(boolean good, String key, String argument) implements Serializable {}
