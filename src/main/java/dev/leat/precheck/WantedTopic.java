package dev.leat.precheck;

import dev.leat.change.TableId;
import dev.leat.kafka.TopicSpec;
import java.util.List;

/**
 * A topic that the task writes to.
 *
 * @param spec the topic as the task wants it
 * @param tables whose records go there; empty for the topic of schema changes
 * @param perTable whether the settings ask for one topic per table, so that two tables there are an accident
 */
record WantedTopic(TopicSpec spec, List<TableId> tables, boolean perTable) {

    /** Its name. */
    String name() {
        return spec.name();
    }
}
