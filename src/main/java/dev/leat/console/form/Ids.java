package dev.leat.console.form;

/** Ids of fields in a page. */
final class Ids {

    private Ids() {}

    static String of(String path) {
        return "f-" + path.replaceAll("[^A-Za-z0-9]+", "-");
    }
}
