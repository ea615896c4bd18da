package dev.leat.sync;

import dev.leat.kafka.KafkaClients;
import dev.leat.kafka.KafkaSink;
import dev.leat.kafka.Pace;
import dev.leat.kafka.Topic;
import dev.leat.postgres.Capabilities;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.ShapeGuard;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all phases that send rows work with.
 *
 * @param plan what the run is to do
 * @param source the source
 * @param capabilities what it can do
 * @param kafka the destination
 * @param topics where the run sends to
 * @param routes the roads of the tables' rows
 * @param news tells changed shapes
 * @param messages sends logical messages
 * @param guard knows which tables were altered while they were copied
 * @param failures what becomes of a table that fails
 * @param checkpoints where progress is saved
 * @param status the run's live numbers
 * @param listener is told what happens
 * @param clock the time
 * @param stopping whether the run is to end
 */
record Gear(
        SyncPlan plan,
        PostgresSource source,
        Capabilities capabilities,
        KafkaClients kafka,
        Collection<Topic> topics,
        Routes routes,
        ShapeNews news,
        MessageRecords messages,
        ShapeGuard guard,
        TableFailures failures,
        Checkpoints checkpoints,
        SyncStatus status,
        SyncListener listener,
        Clock clock,
        AtomicBoolean stopping) {

    KafkaSink sink(Pace pace) {
        return new KafkaSink(kafka, plan.task().kafka(), plan.taskName(), pace, topics);
    }
}
