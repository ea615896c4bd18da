package dev.leat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

/** What a user lacks to write to a topic. */
class TopicStateTest {

    @Test
    void isWhatTheBrokersDoNotGrant() {
        assertThat(present(Set.of(AclOperation.DESCRIBE, AclOperation.READ)).lacking())
                .containsExactlyInAnyOrder(AclOperation.DESCRIBE_CONFIGS, AclOperation.WRITE);
        assertThat(present(Set.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS, AclOperation.WRITE))
                        .lacking())
                .isEmpty();
        assertThat(new TopicState.Hidden().lacking()).hasSize(3);
    }

    @Test
    void isNothingWhereTheBrokersDoNotTell() {
        assertThat(new TopicState.Present(1, Optional.empty()).lacking()).isEmpty();
        assertThat(new TopicState.Missing().lacking()).isEmpty();
        assertThat(new TopicState.Invalid("too long").lacking()).isEmpty();
    }

    private static TopicState present(Set<AclOperation> rights) {
        return new TopicState.Present(1, Optional.of(rights));
    }
}
