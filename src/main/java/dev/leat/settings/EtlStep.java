package dev.leat.settings;

import org.jspecify.annotations.Nullable;

/** One thing that ETL does to a row; a step sees what the steps before it have made of the row. */
public sealed interface EtlStep {

    /** Gives a column, which may be new, the value of an expression. */
    record Set(String set, String to) implements EtlStep {
        /** What is missing becomes empty, which the rules refuse. */
        public Set(@Nullable String set, @Nullable String to) {
            this.set = set == null ? "" : set;
            this.to = to == null ? "" : to;
        }
    }

    /** Drops the change when a condition is true. */
    record DropIf(String dropIf) implements EtlStep {
        /** What is missing becomes empty, which the rules refuse. */
        public DropIf(@Nullable String dropIf) {
            this.dropIf = dropIf == null ? "" : dropIf;
        }
    }

    /** Keeps the change only when a condition is true. */
    record KeepIf(String keepIf) implements EtlStep {
        /** What is missing becomes empty, which the rules refuse. */
        public KeepIf(@Nullable String keepIf) {
            this.keepIf = keepIf == null ? "" : keepIf;
        }
    }

    /** Gives a column another name. */
    record Rename(String rename, String to) implements EtlStep {
        /** What is missing becomes empty, which the rules refuse. */
        public Rename(@Nullable String rename, @Nullable String to) {
            this.rename = rename == null ? "" : rename;
            this.to = to == null ? "" : to;
        }
    }

    /** Takes a column away. */
    record Remove(String remove) implements EtlStep {
        /** What is missing becomes empty, which the rules refuse. */
        public Remove(@Nullable String remove) {
            this.remove = remove == null ? "" : remove;
        }
    }

    /**
     * Replaces the characters of a column but the first and last few by another one, or, with {@code hash}, the whole
     * value by its digest.
     *
     * @param mask the column
     * @param keepFirst characters that stay at the start; null for none
     * @param keepLast characters that stay at the end; null for none
     * @param with the character that is written instead; null for an asterisk
     * @param hash name of a digest, such as {@code SHA-256}, in place of the three above
     * @param salt text that is hashed in front of the value; null for none
     */
    record Mask(
            String mask,
            @Nullable Integer keepFirst,
            @Nullable Integer keepLast,
            @Nullable String with,
            @Nullable String hash,
            @Nullable String salt)
            implements EtlStep {

        /** What is missing becomes empty, which the rules refuse. */
        public Mask(
                @Nullable String mask,
                @Nullable Integer keepFirst,
                @Nullable Integer keepLast,
                @Nullable String with,
                @Nullable String hash,
                @Nullable String salt) {
            this.mask = mask == null ? "" : mask;
            this.keepFirst = keepFirst;
            this.keepLast = keepLast;
            this.with = with;
            this.hash = hash;
            this.salt = salt;
        }
    }

    /** A pasted DTS script, such as {@code script:e_set(`a`, 1)}, which is translated into the steps above. */
    record Script(String script) implements EtlStep {
        /** What is missing becomes empty, which the rules refuse. */
        public Script(@Nullable String script) {
            this.script = script == null ? "" : script;
        }
    }
}
