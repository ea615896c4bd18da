package dev.leat.postgres.ddl;

/** The sorts of objects, in the order in which they are created as far as what they need leaves it open. */
enum ObjectKind {
    SETTING,
    SCHEMA,
    EXTENSION,
    COLLATION,
    TYPE,
    SEQUENCE,
    TABLE,
    SEQUENCE_OWNER,
    DEFAULT,
    FUNCTION,
    AGGREGATE,
    OPERATOR,
    CONSTRAINT,
    INDEX,
    VIEW,
    RULE,
    FOREIGN_KEY,
    COMMENT;

    /** Whether it is carried with the object that it is a part of, and never by itself. */
    boolean attached() {
        return switch (this) {
            case SEQUENCE_OWNER, DEFAULT, CONSTRAINT, INDEX, RULE, FOREIGN_KEY, COMMENT -> true;
            case SETTING, SCHEMA, EXTENSION, COLLATION, TYPE, SEQUENCE, TABLE, FUNCTION, AGGREGATE, OPERATOR, VIEW ->
                false;
        };
    }

    /** Whether a person selects it, so that it is not carried only because another object needs it. */
    boolean holdsRows() {
        return this == TABLE || this == VIEW;
    }

    /** Its name in a sentence. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
