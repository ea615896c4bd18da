package dev.leat.precheck;

import dev.leat.settings.Acks;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;

/** Whether the user may write idempotently, so that a record which is sent again makes no duplicate: it is tried. */
final class ProducerRightsCheck implements Check {

    @Override
    public String name() {
        return "PRODUCER_RIGHTS";
    }

    @Override
    public String title() {
        return "User may write without duplicates";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (context.task().kafka().acks() != Acks.ALL
                || context.destination().trial().mayWriteIdempotently()) {
            return new Outcome.Passed();
        }
        if (TopicRightsCheck.lackAnywhere(context, AclOperation.WRITE)) {
            throw new PreconditionFailed(TopicRightsCheck.NAME);
        }
        String user = Wording.user(context.plan().destination());
        return Outcome.of(List.of(Finding.error(
                "cluster",
                "The user " + user + " may not write idempotently. Newer brokers allow it to whoever may write to any"
                        + " topic, older ones ask for a right of its own on the cluster.",
                Wording.kafka(
                        "kafka-acls.sh",
                        context.plan().destination(),
                        "--add --allow-principal 'User:" + user + "' --operation IdempotentWrite --cluster"))));
    }
}
