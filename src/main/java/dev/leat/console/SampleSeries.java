package dev.leat.console;

import dev.leat.task.Sample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The samples of a task as its charts want them. */
@RestController
final class SampleSeries {

    private final ConsoleTasks tasks;
    private final Clock clock;

    SampleSeries(ConsoleTasks tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * One list per line of a chart; null where nothing is known.
     *
     * @param from of the range, in seconds since 1970, as {@code to} and {@code at}
     */
    record Series(
            long from,
            long to,
            List<Long> at,
            List<@Nullable Double> delay,
            List<@Nullable Double> rows,
            List<@Nullable Double> bytes,
            List<@Nullable Double> wal) {}

    @GetMapping("/tasks/{id}/samples")
    Series read(@PathVariable UUID id, @RequestParam(defaultValue = "15") long minutes) {
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofMinutes(Math.clamp(minutes, 5, 60L * 24 * 31)));
        List<@Nullable Sample> found = withGaps(tasks.samples(id, from), tasks.sampleSeconds(from));
        return new Series(
                from.getEpochSecond(),
                now.getEpochSecond(),
                times(found, tasks.sampleSeconds(from)),
                values(found, Sample::delaySeconds),
                values(found, Sample::rowsPerSecond),
                values(found, Sample::bytesPerSecond),
                values(
                        found,
                        sample -> sample.walHeldBytes() == null
                                ? null
                                : sample.walHeldBytes().doubleValue()));
    }

    /** A task that rested leaves a gap, not a line. */
    private static List<@Nullable Sample> withGaps(List<Sample> samples, long grain) {
        List<@Nullable Sample> all = new ArrayList<>();
        Sample before = null;
        for (Sample sample : samples) {
            if (before != null && Duration.between(before.at(), sample.at()).toSeconds() > 3 * grain) {
                all.add(null);
            }
            all.add(sample);
            before = sample;
        }
        return all;
    }

    private static List<Long> times(List<@Nullable Sample> samples, long grain) {
        List<Long> times = new ArrayList<>();
        for (Sample sample : samples) {
            times.add(sample == null ? times.getLast() + grain : sample.at().getEpochSecond());
        }
        return times;
    }

    private static List<@Nullable Double> values(
            List<@Nullable Sample> samples, Function<Sample, @Nullable Double> value) {
        List<@Nullable Double> values = new ArrayList<>();
        for (Sample sample : samples) {
            values.add(sample == null ? null : value.apply(sample));
        }
        return values;
    }
}
