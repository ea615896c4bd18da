package dev.leat.settings;

import dev.leat.change.TableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that ETL settings must meet on their own; expressions are checked once the table is known. */
final class EtlRules {

    private static final int MAX_STEPS = 200;
    private static final int MAX_EXPRESSION = 10_000;
    private static final Set<String> DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512", "SHA-1", "MD5");

    private final List<Violation> violations = new ArrayList<>();

    private EtlRules() {}

    static List<Violation> violations(List<TableEtl> etl) {
        EtlRules rules = new EtlRules();
        Set<TableId> seen = new HashSet<>();
        for (int i = 0; i < etl.size(); i++) {
            String field = "etl[" + i + "]";
            rules.table(field, etl.get(i));
            if (!seen.add(etl.get(i).id())) {
                rules.add(
                        field,
                        "Table " + etl.get(i).id() + " stands in the list twice.",
                        "Put all of its steps into one entry.");
            }
        }
        return rules.violations;
    }

    static List<Violation> violations(TableEtl etl, String field) {
        EtlRules rules = new EtlRules();
        rules.table(field, etl);
        return rules.violations;
    }

    private void table(String field, TableEtl etl) {
        text(field + ".schema", etl.schema(), "Name the table's schema.");
        text(field + ".table", etl.table(), "Name the table; ETL is told table by table.");
        if (etl.steps().isEmpty() || etl.steps().size() > MAX_STEPS) {
            add(field + ".steps", "A table has 1 to " + MAX_STEPS + " steps.", "See docs/etl.md for the steps.");
        }
        for (int i = 0; i < etl.steps().size(); i++) {
            step(field + ".steps[" + i + "].", etl.steps().get(i));
        }
    }

    private void step(String field, EtlStep step) {
        switch (step) {
            case EtlStep.Set set -> {
                column(field + "set", set.set());
                expression(field + "to", set.to());
            }
            case EtlStep.DropIf drop -> expression(field + "dropIf", drop.dropIf());
            case EtlStep.KeepIf keep -> expression(field + "keepIf", keep.keepIf());
            case EtlStep.Rename rename -> {
                column(field + "rename", rename.rename());
                column(field + "to", rename.to());
            }
            case EtlStep.Remove remove -> column(field + "remove", remove.remove());
            case EtlStep.Mask mask -> mask(field, mask);
            case EtlStep.Script script -> expression(field + "script", script.script());
        }
    }

    private void mask(String field, EtlStep.Mask mask) {
        column(field + "mask", mask.mask());
        notNegative(field + "keepFirst", mask.keepFirst());
        notNegative(field + "keepLast", mask.keepLast());
        if (mask.with() != null && mask.with().codePointCount(0, mask.with().length()) != 1) {
            add(field + "with", "This is not one character.", "Give one character, or leave it out for '*'.");
        }
        if (mask.hash() == null && mask.salt() != null) {
            add(field + "salt", "A salt goes with a hash.", "Name a hash such as SHA-256, or leave the salt out.");
        }
        if (mask.hash() != null) {
            hash(field, mask, mask.hash());
        }
    }

    private void hash(String field, EtlStep.Mask mask, String hash) {
        if (!DIGESTS.contains(hash)) {
            add(
                    field + "hash",
                    "'" + hash + "' is not a known digest.",
                    "Use one of MD5, SHA-1, SHA-256, SHA-384, SHA-512.");
        }
        if (mask.keepFirst() != null || mask.keepLast() != null || mask.with() != null) {
            add(
                    field + "hash",
                    "A digest replaces the whole value.",
                    "Leave out keepFirst, keepLast and with, or leave out hash.");
        }
    }

    private void notNegative(String field, @Nullable Integer value) {
        if (value != null && value < 0) {
            add(field, "Must not be negative.", "Give the number of characters that stay.");
        }
    }

    private void column(String field, String name) {
        text(field, name, "Name a column.");
    }

    private void expression(String field, String text) {
        text(field, text, "Write an expression; see docs/etl.md.");
        if (text.length() > MAX_EXPRESSION) {
            add(field, "Longer than " + MAX_EXPRESSION + " characters.", "Spread it over several steps.");
        }
    }

    private void text(String field, String value, String remedy) {
        if (value.isBlank()) {
            add(field, "This is missing or empty.", remedy);
        }
    }

    private void add(String field, String message, String remedy) {
        violations.add(new Violation(field, message, remedy));
    }
}
