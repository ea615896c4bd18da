package dev.leat.console;

import org.jspecify.annotations.Nullable;

/**
 * One figure of a task, with its sparkline.
 *
 * @param key message key, and name of the series that the browser keeps
 * @param shown the figure
 * @param value its plain value for the sparkline; null when unknown
 */
record Tile(String key, Quantity shown, @Nullable Double value) {}
