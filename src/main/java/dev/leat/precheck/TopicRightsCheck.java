package dev.leat.precheck;

import dev.leat.kafka.TopicState;
import dev.leat.settings.KafkaEndpoint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.utils.SecurityUtils;

/** Whether the user may write to the topics and create those that are missing, as far as the brokers tell. */
final class TopicRightsCheck implements Check {

    static final String NAME = "TOPIC_RIGHTS";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "User may write to the topics";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        DestinationFacts destination = context.destination();
        KafkaEndpoint endpoint = context.plan().destination();
        List<Finding> findings = new ArrayList<>();
        for (WantedTopic topic : destination.wanted()) {
            Set<AclOperation> lacking = lacking(context, topic);
            if (!lacking.isEmpty()) {
                findings.add(finding(endpoint, topic, lacking));
            }
        }
        return Outcome.of(findings);
    }

    /** Whether the user lacks a right on one of the topics. */
    static boolean lackAnywhere(PrecheckContext context, AclOperation right) {
        return context.destination().wanted().stream()
                .anyMatch(topic -> lacking(context, topic).contains(right));
    }

    private static Set<AclOperation> lacking(PrecheckContext context, WantedTopic topic) {
        TopicState state = context.destination().state(topic);
        return state instanceof TopicState.Missing ? lackingOfNew(context, topic) : state.lacking();
    }

    private static Set<AclOperation> lackingOfNew(PrecheckContext context, WantedTopic topic) {
        Set<AclOperation> lacking = EnumSet.noneOf(AclOperation.class);
        if (mayNotCreate(context, topic)) {
            lacking.add(AclOperation.CREATE);
        }
        if (context.destination().unwritable(topic)) {
            lacking.add(AclOperation.WRITE);
        }
        return lacking;
    }

    private static boolean mayNotCreate(PrecheckContext context, WantedTopic topic) {
        return TopicsExistCheck.toBeCreated(context, topic)
                && context.destination()
                        .refusal(topic)
                        .filter(refusal -> refusal.getCause() instanceof AuthorizationException)
                        .isPresent();
    }

    private static Finding finding(KafkaEndpoint endpoint, WantedTopic topic, Set<AclOperation> lacking) {
        String user = Wording.user(endpoint);
        String operations = lacking.stream()
                .map(operation -> "--operation " + SecurityUtils.operationName(operation))
                .collect(Collectors.joining(" "));
        return Finding.error(
                "topic " + topic.name(),
                "The user " + user + " lacks " + Wording.some(lacking) + " on the topic.",
                Wording.kafka(
                        "kafka-acls.sh",
                        endpoint,
                        "--add --allow-principal 'User:" + user + "' " + operations + " --topic '" + topic.name()
                                + "'"));
    }
}
