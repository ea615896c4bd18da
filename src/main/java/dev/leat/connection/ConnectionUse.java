package dev.leat.connection;

import java.util.List;

/** Tells who uses a connection, so that none is removed from under a task; whoever refers to connections has one. */
public interface ConnectionUse {

    /** Names of what uses that connection, for people to read; empty when nothing does. */
    List<String> usersOf(String connection);
}
