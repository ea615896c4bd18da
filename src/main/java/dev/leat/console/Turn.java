package dev.leat.console;

import dev.leat.console.form.Errors;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes after a button of the wizard was pressed. */
sealed interface Turn {

    /** Another page. */
    record To(String path, @Nullable Flash flash) implements Turn {

        To(String path) {
            this(path, null);
        }
    }

    /** The same page, with what is wrong and what came of it. */
    record Stay(Errors errors, Map<String, Object> more) implements Turn {

        static Stay with(Errors errors) {
            return new Stay(errors, Map.of());
        }
    }
}
