package dev.leat.kafka;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a change is not delivered, and what more is to be said of that.
 *
 * @param key the key that the change's record would have had; null without one
 * @param reason one word, such as {@code RECORD_TOO_LARGE}
 * @param message object and what happened, without values of the row
 * @param details members that the reason adds to the record: strings, numbers and maps
 */
public record DeadLetter(byte @Nullable [] key, String reason, String message, Map<String, Object> details) {

    public DeadLetter {
        details = Map.copyOf(details);
    }
}
