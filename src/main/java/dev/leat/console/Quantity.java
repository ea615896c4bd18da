package dev.leat.console;

/** A number as it is shown, and its unit (empty where there is none). */
record Quantity(String value, String unit) {

    static final Quantity UNKNOWN = new Quantity("–", "");
}
