package dev.leat.precheck;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The list of all checks, in the order in which they are shown. A new check is a class and a line here. */
final class Checks {

    static final List<Check> ALL = List.of(
            new SourceConnectionCheck(),
            new SourceKindCheck(),
            new DatabaseNameCheck(),
            new SegmentsCheck(),
            new ClockSkewCheck(Clock.systemUTC(), Duration.ofSeconds(5)),
            new WalLevelCheck(),
            new ReplicationRightCheck(),
            new PublicationRightCheck(),
            new TablesExistCheck(),
            new ReadRightsCheck(),
            new SlotAvailableCheck(),
            new SlotTrialCheck(),
            new SlotNameFreeCheck(),
            new WalRetentionCheck(),
            new HighAvailabilityCheck(),
            new PrimaryKeyCheck(),
            new ReplicaIdentityCheck(),
            new DistributionKeyCheck(),
            new UnloggedTablesCheck(),
            new TableKindsCheck(),
            new ColumnTypesCheck(),
            new SettingsFitCheck(),
            new RowFilterCheck(),
            new LongTransactionsCheck(Duration.ofMinutes(5)),
            new DestinationConnectionCheck(),
            new KafkaVersionCheck(),
            new TopicsExistCheck(),
            new TopicRightsCheck(),
            new ProducerRightsCheck(),
            new TransactionRightsCheck(Duration.ofSeconds(10)),
            new TargetEmptyCheck(),
            new PartitionCountCheck(),
            new RecordSizeCheck(),
            new RequestSizeCheck(),
            new DestinationStorageCheck(),
            new FormatOptionsCheck(),
            new SchemaRegistryCheck(),
            new AcknowledgementCheck());

    private Checks() {}
}
