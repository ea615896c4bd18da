package dev.leat.task;

import dev.leat.precheck.Finding;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells findings of two prechecks apart: a number that has moved on, such as an age, makes no other finding. */
record SameFinding(Finding.Severity severity, String place, String message) {

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    static SameFinding of(Finding finding) {
        return new SameFinding(
                finding.severity(),
                finding.place(),
                NUMBER.matcher(finding.message()).replaceAll("#"));
    }

    /** Those of some findings that are not among others. */
    static List<Finding> without(List<Finding> some, List<Finding> others) {
        Set<SameFinding> known = others.stream().map(SameFinding::of).collect(Collectors.toSet());
        return some.stream().filter(finding -> !known.contains(of(finding))).toList();
    }
}
