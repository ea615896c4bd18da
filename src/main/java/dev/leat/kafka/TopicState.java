package dev.leat.kafka;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/** What the brokers say of a topic that somebody asks for by name. */
public sealed interface TopicState {

    /** Which of the rights that writing to it takes the user lacks, as far as the brokers tell. */
    default Set<AclOperation> lacking() {
        Set<AclOperation> lacking =
                EnumSet.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS, AclOperation.WRITE);
        switch (this) {
            case Hidden _ -> {}
            case Present present -> lacking.removeAll(present.rights().orElse(lacking));
            case Missing _, Invalid _ -> lacking.clear();
        }
        return lacking;
    }

    /**
     * It exists.
     *
     * @param partitions how many it has
     * @param rights what the user may do with it; empty when the brokers do not tell
     */
    record Present(int partitions, Optional<Set<AclOperation>> rights) implements TopicState {}

    /** It does not exist. */
    record Missing() implements TopicState {}

    /** The user may not even know whether it exists. */
    record Hidden() implements TopicState {}

    /** No topic can have that name, for a reason. */
    record Invalid(String reason) implements TopicState {}
}
