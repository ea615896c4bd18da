package dev.leat.change;

import org.jspecify.annotations.Nullable;

/**
 * The type of a column as the source's catalog knows it.
 *
 * @param oid the type's OID; fixed numbers for the built-in types ({@code pg_type.dat})
 * @param name {@code pg_type.typname}, such as {@code int4} or {@code _text}
 * @param sqlName the name in SQL without modifiers, such as {@code integer} or {@code text[]}
 * @param modifier {@code atttypmod}, or -1; holds length, precision and scale
 * @param kind what sort of type it is
 * @param inner the element of an array, the base of a domain; else null
 * @param delimiter what stands between the elements of an array of this type ({@code pg_type.typdelim})
 */
public record DataType(
        int oid,
        String name,
        String sqlName,
        int modifier,
        Kind kind,
        @Nullable DataType inner,
        char delimiter) {

    /** A type whose arrays have commas between their elements. */
    public DataType(int oid, String name, String sqlName, int modifier, Kind kind, @Nullable DataType inner) {
        this(oid, name, sqlName, modifier, kind, inner, ',');
    }

    /** The sorts of types that are rendered differently. */
    public enum Kind {
        BASE,
        ARRAY,
        ENUM,
        DOMAIN,
        COMPOSITE,
        RANGE
    }

    /** The type below all domains; a domain's own modifier rules where its base has none. */
    public DataType undomained() {
        DataType type = this;
        while (type.kind == Kind.DOMAIN && type.inner != null) {
            type = type.inner;
        }
        return type;
    }

    /** The type as one declares a column with it: its name in SQL with length, precision and scale. */
    public String declared() {
        if (kind == Kind.ARRAY && inner != null) {
            return inner.declared() + "[]";
        }
        return switch (oid) {
            // what SQL calls character without a length has a length of 1
            case 1042 -> modifier < 4 ? "bpchar" : "character(" + (modifier - 4) + ")";
            case 1043 -> modifier < 4 ? sqlName : "character varying(" + (modifier - 4) + ")";
            case 1700 -> modifier < 4 ? sqlName : "numeric(" + numericPrecision() + "," + numericScale() + ")";
            case 1560, 1562 -> modifier < 0 ? sqlName : sqlName + "(" + modifier + ")";
            case 1083, 1114, 1184, 1266 -> modifier < 0 ? sqlName : sqlName.replaceFirst(" ", "(" + modifier + ") ");
            case 1186 -> modifier < 0 ? sqlName : sqlName + IntervalModifier.declared(modifier);
            default -> sqlName;
        };
    }

    /** Digits after the decimal point of a {@code numeric(p,s)}; -1 without a declared scale. */
    public int numericScale() {
        // numeric packs (precision << 16 | scale) + 4; from 15 on the scale is an 11-bit signed number
        return modifier < 4 ? -1 : ((modifier - 4) & 0x7ff ^ 1024) - 1024;
    }

    /** Digits before and after the point of a {@code numeric(p,s)}; -1 without a declared precision. */
    public int numericPrecision() {
        return modifier < 4 ? -1 : (modifier - 4) >> 16 & 0xffff;
    }

    /** Fractional seconds of a time or timestamp type: 0 to 6, 6 when not declared. */
    public int timePrecision() {
        return modifier < 0 ? 6 : modifier;
    }

    /** Length of a {@code bit(n)} or {@code varbit(n)}; -1 when not declared. */
    public int bitLength() {
        return modifier;
    }
}
