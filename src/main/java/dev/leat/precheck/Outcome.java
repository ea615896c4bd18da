package dev.leat.precheck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What came of a check. */
public sealed interface Outcome {

    /** How many findings a check lists one by one. */
    int MAX_FINDINGS = 100;

    /**
     * Nothing stands in the way.
     *
     * @param note what it could not tell, or what is worth knowing; mostly empty
     */
    record Passed(String note) implements Outcome {

        /** All is well. */
        public Passed() {
            this("");
        }
    }

    /** Something stands in the way; errors come first, and there is at least one finding. */
    record Found(List<Finding> findings) implements Outcome {

        public Found {
            findings = List.copyOf(findings);
        }
    }

    /** Nobody can tell, and why. */
    record CouldNotRun(String reason) implements Outcome {}

    /** Passed without findings; of very many, the first hundred and how many more there are. */
    static Outcome of(List<Finding> findings) {
        if (findings.isEmpty()) {
            return new Passed();
        }
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(Finding::severity).reversed());
        if (sorted.size() <= MAX_FINDINGS) {
            return new Found(sorted);
        }
        int more = sorted.size() - MAX_FINDINGS;
        Finding next = sorted.get(MAX_FINDINGS);
        List<Finding> listed = new ArrayList<>(sorted.subList(0, MAX_FINDINGS));
        listed.add(new Finding(
                next.severity(),
                "and " + more + " more",
                more + " more findings of this kind are not listed.",
                "Mend those that are listed, then run the precheck again."));
        return new Found(listed);
    }
}
