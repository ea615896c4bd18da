package dev.leat.console.form;

import dev.leat.settings.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is wrong with a form: told at its top and beside the fields. */
public record Errors(List<Violation> all) {

    public static final Errors NONE = new Errors(List.of());

    public Errors {
        all = List.copyOf(all);
    }

    public static Errors of(String field, String message, String remedy) {
        return new Errors(List.of(new Violation(field, message, remedy)));
    }

    /** The console's own sentences: the message of a key, and its remedy. */
    public static Errors told(String field, String key) {
        return new Errors(List.of(violation(field, key)));
    }

    /** As {@link #told}; what is no key of a message is the engine's own English. */
    public static Violation violation(String field, String key) {
        return new Violation(field, key, key + ".remedy");
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** What is wrong with a field, the first of several; null when nothing is. */
    public @Nullable Violation at(String path) {
        return find(path).orElse(null);
    }

    private Optional<Violation> find(String path) {
        return all.stream()
                .filter(wrong -> wrong.field().equals(path) || wrong.field().startsWith(path + "["))
                .findFirst();
    }

    /** What is wrong with a field of a group whose own path every error's path begins with. */
    public List<Violation> below(String path) {
        return all.stream().filter(wrong -> wrong.field().startsWith(path)).toList();
    }

    public Errors only(Predicate<String> paths) {
        return new Errors(
                all.stream().filter(wrong -> paths.test(wrong.field())).toList());
    }

    public Errors and(List<Violation> others) {
        List<Violation> both = new ArrayList<>(all);
        both.addAll(others);
        return new Errors(both);
    }

    /** Id of the field that an error is about. */
    public String id(Violation wrong) {
        return Ids.of(wrong.field());
    }
}
