package dev.leat.task;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when this node's clock differs from the database's: each node holds the heartbeats of the others against its own
 * clock, and takes tasks over from those that seem to be silent.
 */
final class ClockSkew {

    /** Two nodes may err in opposite directions, and a node counts as dead after eight seconds. */
    static final Duration TOLERATED = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ClockSkew.class);

    private boolean told;

    /**
     * Takes a look: the database's clock, read between two looks at the own one.
     *
     * @return how far the own clock surely is ahead, negative when it is behind
     */
    Duration look(Instant before, Instant database, Instant after) {
        Duration ahead = database.isBefore(before)
                ? Duration.between(database, before)
                : database.isAfter(after) ? Duration.between(database, after) : Duration.ZERO;
        boolean skewed = ahead.abs().compareTo(TOLERATED) > 0;
        if (skewed && !told) {
            LOG.atWarn()
                    .addKeyValue("aheadMillis", ahead.toMillis())
                    .log(
                            "The clock of this node is not that of the metadata database. Let a time service (NTP) set both:"
                                    + " nodes whose clocks differ by more than six seconds take tasks from each other");
        }
        told = skewed;
        return ahead;
    }
}
