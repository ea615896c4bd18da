package dev.leat.shape.etl;

/** Tries what a constant argument has to be: a pattern, a time zone, a digest. */
final class Literals {

    private Literals() {}

    /**
     * Tries an argument, counted from 0.
     *
     * @throws RowError when the function could never work with it
     */
    static void check(String function, int argument, String text) {
        switch (function) {
            case "matches", "replaceAll" -> pattern(argument, text);
            case "format", "parseTime" -> time(argument, text);
            case "hash" -> digest(argument, text);
            case "year", "month", "day", "hour", "minute", "second", "dayOfWeek", "dayOfYear" -> Times.zone(text);
            default -> {}
        }
    }

    private static void pattern(int argument, String text) {
        if (argument == 1) {
            TextFunctions.pattern(text);
        }
    }

    private static void time(int argument, String text) {
        if (argument == 1) {
            Times.pattern(text);
        } else {
            Times.zone(text);
        }
    }

    private static void digest(int argument, String text) {
        if (argument == 1) {
            Digests.of(text);
        }
    }
}
