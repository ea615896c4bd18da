package dev.leat.walk;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A difference between Debezium's records and ours that stays, and why.
 *
 * @param reason why it stays
 * @param covers what it lets pass
 */
record Allowance(String reason, Predicate<Difference> covers) {

    /**
     * A place where the records differ.
     *
     * @param record topic, key and running number of the record
     * @param path of the field, without the wrapping of {@code schemas.enable}
     * @param theirs JSON, or {@code absent}
     * @param ours JSON, or {@code absent}
     */
    record Difference(String record, String path, String theirs, String ours) {

        private static final Pattern COLUMN =
                Pattern.compile("(?:/schema/fields)?\\W(?:before|after)]?/(?:fields\\[)?\\d+ (.*)");

        /** Whether it is in a column of one of the types or an array of it, in the schema or in an image. */
        boolean in(String... types) {
            var matcher = COLUMN.matcher(path);
            return matcher.matches() && Stream.of(types).anyMatch(type -> startsWith(matcher.group(1), type));
        }

        private static boolean startsWith(String column, String type) {
            return column.startsWith(type)
                    && (column.length() == type.length() || "/[]".indexOf(column.charAt(type.length())) >= 0);
        }

        boolean at(String pattern) {
            return path.matches(pattern);
        }

        @Override
        public String toString() {
            return record + " " + path + ": " + theirs + " | " + ours;
        }
    }

    static final List<Allowance> ALL = List.of(
            // what names the writer or the moment
            of("Each names itself.", d -> d.at("/source/version")),
            of("Each writes at its own time.", d -> d.at("/ts_(ms|us|ns)")),
            of(
                    "Each has a snapshot of its own; ours has no transaction.",
                    d -> d.at("/source/(ts_..|lsn|sequence|txId)") && d.record().contains("#copied")),
            of(
                    "The two slots begin at different places.",
                    d -> d.at("/source/sequence") && d.record().contains("\"id\":100")),
            of(
                    "Tables are copied side by side, so that no row is the first or the last.",
                    d -> d.at("/source/snapshot") && d.ours().equals("\"true\"")),
            of("These name a run of a connector.", d -> d.at("header __debezium\\.context\\..*")),
            // where Debezium leaves out or loses what we write
            of(
                    "Debezium leaves these types out, or writes null for every value.",
                    d -> d.in(
                            "tsquery",
                            "regclass",
                            "regtype",
                            "pg_lsn",
                            "txid_snapshot",
                            "pg_snapshot",
                            "xid8",
                            "xid",
                            "tid",
                            "jsonpath",
                            "int4multirange",
                            "datemultirange",
                            "wordrange",
                            "money[]",
                            "interval[]",
                            "bit(3)[]",
                            "varbit[]",
                            "point[]",
                            "box[]",
                            "mood[]",
                            "price[]")),
            of("Debezium writes these two empty.", d -> d.in("int2vector", "oidvector")),
            of(
                    "Debezium loses a name that comes from the log.",
                    d -> d.in("name") && d.theirs().equals("null")),
            of(
                    "Debezium cannot read an offset with seconds.",
                    d -> d.in("timetz") && d.theirs().equals("null") && d.ours().equals("\"08:00:01Z\"")),
            of(
                    "Debezium writes null for an unchanged large array of these types, as if it were NULL.",
                    d -> d.in(
                                    "hstore[]",
                                    "ltree[]",
                                    "citext[]",
                                    "inet[]",
                                    "int4range[]",
                                    "bytea[]",
                                    "numeric[]",
                                    "numeric(10,2)[]")
                            && (d.theirs().equals("null") && d.ours().equals("absent")
                                    || d.theirs().equals("absent"))),
            // where Debezium writes one value in two ways, or a wrong one
            of(
                    "Debezium writes infinity one way when it copies and another when it follows; ours is the documented one.",
                    d -> d.in("timestamp") && d.theirs().matches("-?92233720368547758\\d\\d")),
            of(
                    "Debezium writes infinity as the last day that Java knows; we say infinity.",
                    d -> d.in("timestamp", "timestamp(0)", "timestamp(3)")
                            && d.ours().matches("\"-?infinity\"")),
            of("Debezium computes seconds with floating point.", d -> d.in("interval second(3)")),
            of(
                    "Debezium turns 24:00:00 into 00:00:00 here.",
                    d -> d.in("time") && d.ours().matches("86400000(000)?|\"24:00:00Z\"")),
            of(
                    "Debezium misreads dates before 1582 when it copies.",
                    d -> d.in("date")
                            && d.record().contains("#copied")
                            && d.ours().matches("-?\\d+|\"-4712-01-01Z\"|\"1582-10-05Z\"")),
            of(
                    "A generated column is in Debezium's copy but not in its stream; we leave it out of both.",
                    d -> d.at(".*(/|\\[)twice\\b.*")),
            of("Debezium knows arrays of one dimension.", d -> d.at("/after/nested.*|/schema/.*nested.*")),
            of(
                    "Debezium writes null for what its decimals cannot hold; we say what it is where nothing forbids it.",
                    d -> d.at("/after/n")
                            && d.theirs().equals("null")
                            && d.ours().equals("\"NaN\"")),
            of(
                    "Debezium spells NaN in its own way among strings; we in PostgreSQL's.",
                    d -> d.at("/after/n")
                            && d.theirs().equals("\"NAN\"")
                            && d.ours().equals("\"NaN\"")),
            of(
                    "Debezium writes some day for an infinite date; ours is one that no date has.",
                    d -> d.at("/after/day") && d.ours().matches("-?2147483647|\"-?infinity\"")),
            // schemas
            of(
                    "Our schemas hold no column defaults, since a reader would put them in place of NULL.",
                    d -> d.at(".*/default")),
            of(
                    "Debezium puts a column's default in place of NULL.",
                    d -> d.at("/(before|after)/c") && d.ours().equals("null")),
            of(
                    "A value that the log does not hold is neutral, never the column's default.",
                    d -> d.at("/before/(big|n|d|t)")),
            of(
                    "Our schemas do not list the labels of an enum, since they would change with each new label.",
                    d -> d.in("mood") && d.at(".*/parameters/.*")));

    private static Allowance of(String reason, Predicate<Difference> covers) {
        return new Allowance(reason, covers);
    }
}
