package dev.leat.sync;

import dev.leat.kafka.format.SchemaIds;

/**
 * What records tell beside the changes themselves.
 *
 * @param sourceVersion the source server's version
 * @param schemas gives schemas their ids in a registry
 */
record RecordFacts(String sourceVersion, SchemaIds schemas) {}
