package dev.leat.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** Does what a command of Kafka's own tools does, by Kafka's own client; a word too much or too little fails. */
final class KafkaCommands {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private final List<String> words = new ArrayList<>();

    private KafkaCommands(String command) {
        for (Matcher word = WORD.matcher(command); word.find(); ) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
    }

    /** Runs the command as somebody who may do everything, at an address of a listener without authentication. */
    static void run(String command, String bootstrap) throws Exception {
        var parsed = new KafkaCommands(command);
        String tool = parsed.words.removeFirst();
        assertThat(parsed.option("--bootstrap-server")).as(command).isPresent();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            switch (tool) {
                case "kafka-topics.sh" -> parsed.topics(admin);
                case "kafka-configs.sh" -> parsed.configs(admin);
                case "kafka-acls.sh" -> parsed.acls(admin);
                default -> throw new AssertionError(command);
            }
        }
        assertThat(parsed.words).as("what nobody understood of " + command).isEmpty();
    }

    private void topics(Admin admin) throws Exception {
        String topic = option("--topic").orElseThrow();
        Optional<Integer> partitions = option("--partitions").map(Integer::valueOf);
        if (flag("--create")) {
            Map<String, String> config = option("--config")
                    .map(text -> Map.of(text.split("=")[0], text.split("=")[1]))
                    .orElse(Map.of());
            admin.createTopics(List.of(new NewTopic(topic, partitions, Optional.empty()).configs(config)))
                    .all()
                    .get();
        } else if (flag("--alter")) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions.orElseThrow())))
                    .all()
                    .get();
        } else {
            assertThat(flag("--delete")).isTrue();
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    private void configs(Admin admin) throws Exception {
        assertThat(flag("--alter")).isTrue();
        var topic =
                new ConfigResource(ConfigResource.Type.TOPIC, option("--topic").orElseThrow());
        String[] change = option("--add-config").orElseThrow().split("=");
        var set = new AlterConfigOp(new ConfigEntry(change[0], change[1]), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
    }

    private void acls(Admin admin) throws Exception {
        assertThat(flag("--add")).isTrue();
        String principal = option("--allow-principal").orElseThrow();
        var kind = option("--resource-pattern-type")
                .map(text -> PatternType.fromString(text.toUpperCase(Locale.ROOT)))
                .orElse(PatternType.LITERAL);
        var resource = resource(kind);
        List<AclBinding> bindings = new ArrayList<>();
        for (var operation = option("--operation"); operation.isPresent(); operation = option("--operation")) {
            var allowed = new AccessControlEntry(
                    principal, "*", SecurityUtils.operation(operation.get()), AclPermissionType.ALLOW);
            bindings.add(new AclBinding(resource, allowed));
        }
        assertThat(bindings).isNotEmpty();
        admin.createAcls(bindings).all().get();
    }

    private ResourcePattern resource(PatternType kind) {
        if (flag("--cluster")) {
            return new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", kind);
        }
        return option("--transactional-id")
                .map(id -> new ResourcePattern(ResourceType.TRANSACTIONAL_ID, id, kind))
                .orElseGet(() -> new ResourcePattern(
                        ResourceType.TOPIC, option("--topic").orElseThrow(), kind));
    }

    private boolean flag(String name) {
        return words.remove(name);
    }

    private Optional<String> option(String name) {
        int place = words.indexOf(name);
        if (place < 0) {
            return Optional.empty();
        }
        words.remove(place);
        return Optional.of(words.remove(place));
    }
}
