package dev.leat.settings;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads YAML that people wrote. Aliases of lists and maps, by which a few lines become gigabytes, and keys that stand
 * twice are refused.
 */
public final class PlainYaml {

    /** A definition with every table of a source named has some 50 characters for each. */
    public static final int MAX_CHARACTERS = 1 << 20;

    private PlainYaml() {}

    /**
     * Maps, lists and scalars; null for a text of blanks and comments.
     *
     * @throws YAMLException when it is no such YAML
     */
    public static @Nullable Object read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MAX_CHARACTERS);
        return new Yaml(new SafeConstructor(options)).load(text);
    }

    /** Where it is wrong and why, to stand after "is not YAML". */
    public static String problem(YAMLException e) {
        if (e instanceof MarkedYAMLException marked) {
            return place(marked.getProblemMark()) + ": " + marked.getProblem() + ".";
        }
        return " that is read here: at most " + MAX_CHARACTERS + " characters, no alias for a list or a map.";
    }

    private static String place(@Nullable Mark mark) {
        return mark == null ? "" : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }
}
