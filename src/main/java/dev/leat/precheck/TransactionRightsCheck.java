package dev.leat.precheck;

import dev.leat.failure.SyncException;
import dev.leat.kafka.TransactionLog;
import dev.leat.kafka.TransactionTrial;
import dev.leat.kafka.TransactionalIds;
import dev.leat.settings.KafkaEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether a task that delivers exactly once may write transactions: one is begun by its id, and aborted. */
final class TransactionRightsCheck implements Check {

    private static final String PLACE = "topic " + TransactionLog.TOPIC;

    private final Duration patience;

    /** Gives the brokers so long for a transaction. */
    TransactionRightsCheck(Duration patience) {
        this.patience = patience;
    }

    @Override
    public String name() {
        return "TRANSACTION_RIGHTS";
    }

    @Override
    public String title() {
        return "User may write transactions";
    }

    /** A task that goes on has written transactions already, and a trial would fence off its run. */
    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.task().kafka().exactlyOnce() || context.plan().hasCheckpoint()) {
            return new Outcome.Passed();
        }
        TransactionalIds ids = new TransactionalIds(context.plan().applicationName());
        return switch (context.destination().transactionTrial(patience).run(ids.of(0))) {
            case TransactionTrial.Result.Made _ -> new Outcome.Passed();
            case TransactionTrial.Result.NotAllowed _ -> Outcome.of(List.of(notAllowed(context, ids)));
            case TransactionTrial.Result.NoCoordinator none ->
                Outcome.of(List.of(noCoordinator(
                        context, none.cause(), context.destination().connected().transactionLog())));
            case TransactionTrial.Result.Refused refused ->
                Outcome.of(List.of(Finding.error(
                        "transactional id " + ids.of(0),
                        refused.cause().getMessage(),
                        refused.cause().remedy())));
        };
    }

    private static Finding notAllowed(PrecheckContext context, TransactionalIds ids) {
        String user = Wording.user(context.plan().destination());
        return Finding.error(
                "transactional id " + ids.prefix() + "*",
                "The user " + user + " may not write transactions by the ids of this task.",
                Wording.kafka(
                        "kafka-acls.sh",
                        context.plan().destination(),
                        "--add --allow-principal 'User:" + user
                                + "' --operation Write --operation Describe --transactional-id '" + ids.prefix()
                                + "' --resource-pattern-type prefixed"));
    }

    private static Finding noCoordinator(PrecheckContext context, SyncException cause, Optional<TransactionLog> log) {
        if (log.isEmpty()) {
            int brokers = context.destination().connect().brokers();
            return Finding.error(
                    PLACE,
                    "The brokers have nowhere to keep transactions, and did not make that topic when asked to. It is to"
                            + " have as many replicas as transaction.state.log.replication.factor says (3 by default); "
                            + brokers + " brokers are up.",
                    "Set transaction.state.log.replication.factor and transaction.state.log.min.isr to at most "
                            + brokers
                            + " in each broker's server.properties and restart it, or start the brokers that are down.");
        }
        return log.get().writable()
                ? Finding.error(PLACE, cause.getMessage(), cause.remedy())
                : unwritable(context.plan().destination(), log.get());
    }

    static Finding unwritable(KafkaEndpoint endpoint, TransactionLog log) {
        String message = (log.replicas() - log.missing().size()) + " of its " + log.replicas()
                + " replicas keep up, and the topic asks for " + log.needed()
                + " (min.insync.replicas): no transaction can be begun.";
        return Finding.error(
                PLACE,
                message,
                log.needed() > log.replicas()
                        ? Wording.kafka(
                                "kafka-configs.sh",
                                endpoint,
                                "--alter --topic '" + TransactionLog.TOPIC + "' --add-config min.insync.replicas="
                                        + Math.max(1, log.replicas() - 1))
                        : "Start the brokers " + Wording.some(log.missing()) + ", which hold the other replicas.");
    }
}
