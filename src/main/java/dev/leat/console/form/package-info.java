/** Forms over JSON: a field's name is the path of its value, so what is wrong with a value stands beside its field. */
@NullMarked
package dev.leat.console.form;

import org.jspecify.annotations.NullMarked;
