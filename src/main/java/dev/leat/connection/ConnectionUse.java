package dev.leat.connection;

import java.util.List;

/**
 * Tells who uses a connection, so that none is removed or led elsewhere from under a task; whoever refers to connections
 * has one.
 */
public interface ConnectionUse {

    /** Names of what uses that connection, for people to read; empty when nothing does. */
    List<String> usersOf(String connection);

    /** What has a position in the log of the source that a connection leads to. */
    default List<Position> positionsAt(String connection) {
        return List.of();
    }

    /**
     * A position in a source's log, which no other source can go on from.
     *
     * @param user who has it, for people to read
     * @param systemIdentifier the source cluster's own number
     * @param ownDatabase whether it is about the connection's own database
     */
    record Position(String user, String systemIdentifier, boolean ownDatabase) {}
}
