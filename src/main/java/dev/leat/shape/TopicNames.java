package dev.leat.shape;

import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;

/** Fills the names of a database, its schemas and tables into the names of topics. */
final class TopicNames {

    private static final int MAX_LENGTH = 249;

    private final String database;

    TopicNames(String database) {
        this.database = database;
    }

    /**
     * The topic of a table by its pattern, which may hold {@code {database}}, {@code {schema}} and {@code {table}}.
     *
     * @throws SyncException of kind {@code SETTINGS} when its name is longer than Kafka takes
     */
    String of(String pattern, TableId id) {
        String topic =
                ofDatabase(pattern).replace("{schema}", legal(id.schema())).replace("{table}", legal(id.table()));
        if (topic.length() > MAX_LENGTH) {
            // cut short, it could be another table's
            throw new SyncException(
                    FailureKind.SETTINGS,
                    "Table " + id + ": its topic's name would have " + topic.length() + " characters, and Kafka takes "
                            + MAX_LENGTH + ": '" + topic + "'.",
                    "Give the table a topic with a shorter name in the task's objects.",
                    null);
        }
        return topic;
    }

    /** A topic by a pattern that may hold {@code {database}}. */
    String ofDatabase(String pattern) {
        return pattern.replace("{database}", legal(database));
    }

    /** The same as for a table, with all characters as they are. */
    String wished(String pattern, TableId id) {
        return pattern.replace("{database}", database)
                .replace("{schema}", id.schema())
                .replace("{table}", id.table());
    }

    /** Kafka's topics know letters, digits, dot, underscore and hyphen; everything else becomes an underscore. */
    private static String legal(String name) {
        return name.replaceAll("[^a-zA-Z0-9._-]", "_");
    }
}
