package dev.leat.precheck;

import dev.leat.change.TableId;
import dev.leat.kafka.TopicSpec;
import java.util.List;

/**
 * A topic that the task writes to.
 *
 * @param spec the topic as the task wants it
 * @param tables whose records go there; empty for the topics of schema changes, messages and dead letters
 * @param perTable whether the settings ask for one topic per table, so that two tables there are an accident
 * @param deadLetters whether only dead letters go there, which several tasks may share
 */
record WantedTopic(TopicSpec spec, List<TableId> tables, boolean perTable, boolean deadLetters) {

    /** A topic of records, of schema changes, or of logical messages. */
    WantedTopic(TopicSpec spec, List<TableId> tables, boolean perTable) {
        this(spec, tables, perTable, false);
    }

    /** A topic of dead letters. */
    static WantedTopic deadLetters(TopicSpec spec) {
        return new WantedTopic(spec, List.of(), false, true);
    }

    /** Its name. */
    String name() {
        return spec.name();
    }
}
