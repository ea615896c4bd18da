package dev.leat.console;

import dev.leat.failure.FailureKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a trouble: the engine's fixed sentences in the reader's language, what it says of one case in English.
 *
 * @param key message key of the kind's sentence; null where it says no more than the other
 * @param own what is said of this very case; null where the kind's sentence is all
 */
record Advice(@Nullable String key, @Nullable String own) {

    /** @param kind name of a failure kind; another name has no sentence */
    static Advice of(String kind, String remedy, Locale locale) {
        Optional<FailureKind> fixed = Arrays.stream(FailureKind.values())
                .filter(known -> known.remedy().equals(remedy))
                .findFirst();
        if (fixed.isPresent()) {
            return new Advice(key(fixed.get()), null);
        }
        boolean english = locale.getLanguage().equals(Locale.ENGLISH.getLanguage());
        return new Advice(english ? null : known(kind).map(Advice::key).orElse(null), remedy);
    }

    private static Optional<FailureKind> known(String kind) {
        return Arrays.stream(FailureKind.values())
                .filter(known -> known.name().equals(kind))
                .findFirst();
    }

    private static String key(FailureKind kind) {
        return "kind." + kind + ".remedy";
    }
}
