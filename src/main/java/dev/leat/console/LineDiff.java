package dev.leat.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The difference of two texts, line by line, by their longest common lines. */
final class LineDiff {

    /** Longer texts are shown whole, as they are now. */
    private static final int MAX_LINES = 2_000;

    private LineDiff() {}

    /** A line, and whether it came ({@code +}), went ({@code -}) or stayed (a blank). */
    record Line(String mark, String text) {}

    static List<Line> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> fresh = after.lines().toList();
        if (old.size() > MAX_LINES || fresh.size() > MAX_LINES) {
            return fresh.stream().map(line -> new Line(" ", line)).toList();
        }
        int[][] common = common(old, fresh);
        List<Line> lines = new ArrayList<>();
        int i = old.size();
        int j = fresh.size();
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && old.get(i - 1).equals(fresh.get(j - 1))) {
                lines.add(new Line(" ", fresh.get(--j)));
                i--;
            } else if (j > 0 && (i == 0 || common[i][j - 1] >= common[i - 1][j])) {
                lines.add(new Line("+", fresh.get(--j)));
            } else {
                lines.add(new Line("-", old.get(--i)));
            }
        }
        Collections.reverse(lines);
        return lines;
    }

    /** Length of the longest common lines of the first i and j. */
    private static int[][] common(List<String> old, List<String> fresh) {
        int[][] common = new int[old.size() + 1][fresh.size() + 1];
        for (int i = 1; i <= old.size(); i++) {
            for (int j = 1; j <= fresh.size(); j++) {
                common[i][j] = old.get(i - 1).equals(fresh.get(j - 1))
                        ? common[i - 1][j - 1] + 1
                        : Math.max(common[i - 1][j], common[i][j - 1]);
            }
        }
        return common;
    }
}
