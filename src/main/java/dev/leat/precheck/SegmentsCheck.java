package dev.leat.precheck;

import dev.leat.precheck.Segments.Segment;
import dev.leat.settings.SourceKind;
import java.util.Optional;

/** Whether all segments of an AnalyticDB are up and in the role that they were set up for. */
final class SegmentsCheck implements Check {

    @Override
    public String name() {
        return "SEGMENTS";
    }

    @Override
    public String title() {
        return "All segments of an AnalyticDB are up";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (context.plan().source().kind() != SourceKind.ANALYTICDB_POSTGRESQL) {
            return new Outcome.Passed();
        }
        return Outcome.of(Segments.read(context).stream()
                .flatMap(segment -> judge(segment).stream())
                .toList());
    }

    private static Optional<Finding> judge(Segment segment) {
        String place = "segment " + segment.content() + " on " + segment.host();
        if (!segment.status().equals("u")) {
            return Optional.of(
                    segment.role().equals("p")
                            ? Finding.error(place, "The segment is down: its rows cannot be read.", "gprecoverseg")
                            : Finding.alert(
                                    place,
                                    "The mirror is down: when its primary fails, rows cannot be read.",
                                    "gprecoverseg"));
        }
        return segment.role().equals(segment.preferred())
                ? Optional.empty()
                : Optional.of(Finding.alert(
                        place,
                        "The segment has changed places with its mirror, which slows down reading.",
                        "gprecoverseg -r"));
    }
}
