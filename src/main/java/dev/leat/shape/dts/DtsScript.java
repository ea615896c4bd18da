package dev.leat.shape.dts;

import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.settings.EtlStep;
import java.util.List;

/** The door of the translator. */
public final class DtsScript {

    /**
     * A step that a script was translated into.
     *
     * @param step the step
     * @param origin where it comes from, for messages, such as {@code e_set at position 7}
     */
    public record Translated(EtlStep step, String origin) {}

    private DtsScript() {}

    /**
     * Translates a script.
     *
     * @param columns the columns that are there when the script begins
     * @param table the table, for messages
     * @param field path of the script in the settings, for messages
     * @throws SyncException of kind {@code SETTINGS} that names the function and the position that cannot be translated
     */
    public static List<Translated> translate(String script, List<String> columns, TableId table, String field) {
        try {
            return new FlowTranslator(columns).translate(ScriptReader.read(script));
        } catch (ScriptError e) {
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Table " + table + ", " + field + ", position " + (e.offset() + 1) + ": " + e.what() + ".",
                    e.remedy(),
                    e);
        }
    }
}
