package dev.leat.sync;

import dev.leat.change.TableId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is delivered otherwise than it came, and tells of it: the first of a kind and table at once, those after
 * it once in a while with their number. Safe for several threads.
 */
final class Incidents {

    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);
    private static final String WHOLE_RECORDS =
            "Leave the large column out of the task's objects, or raise the topic's max.message.bytes, to have whole"
                    + " records.";

    private static final long SILENCE_MILLIS = Duration.ofMinutes(10).toMillis();

    private final SyncListener listener;
    private final SyncStatus status;
    private final java.time.InstantSource clock;
    private final Map<Subject, Told> told = new HashMap<>();

    Incidents(SyncListener listener, SyncStatus status, java.time.InstantSource clock) {
        this.listener = listener;
        this.status = status;
        this.clock = clock;
    }

    /** A change went to the topic of dead letters. */
    void deadLetter(TableId table, String message) {
        status.deadLetter();
        tell(
                new Subject("DEAD_LETTER", table),
                message,
                "Read the topic of dead letters, and mend what each of them names as its cause.");
    }

    /** Values of a record were cut. */
    void truncated(TableId table, String message) {
        status.shortened();
        tell(new Subject("RECORD_TRUNCATED", table), message, WHOLE_RECORDS);
    }

    /** Only the key of a row was sent. */
    void keyOnly(TableId table, String message) {
        status.shortened();
        tell(new Subject("RECORD_KEY_ONLY", table), message, WHOLE_RECORDS);
    }

    private void tell(Subject subject, String message, String remedy) {
        count(subject, since -> {
            String text = since == 0 ? message : message + " So were " + since + " more since this was last said.";
            LOG.atWarn()
                    .addKeyValue("table", subject.table)
                    .addKeyValue("kind", subject.kind)
                    .log(text);
            listener.incident(subject.kind, text, remedy);
        });
    }

    private void count(Subject subject, LongConsumer speak) {
        long silent;
        synchronized (told) {
            Told last = told.get(subject);
            if (last != null && clock.millis() - last.atMillis < SILENCE_MILLIS) {
                told.put(subject, new Told(last.atMillis, last.silent + 1));
                return;
            }
            silent = last == null ? 0 : last.silent;
            told.put(subject, new Told(clock.millis(), 0));
        }
        speak.accept(silent);
    }

    private record Subject(String kind, TableId table) {}

    /** When it was last said, and how often it happened since. */
    private record Told(long atMillis, long silent) {}
}
