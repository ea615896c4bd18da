package dev.leat.precheck;

import java.util.ArrayList;
import java.util.List;

/** Whether the source has room for one more replication slot and WAL sender. */
final class SlotAvailableCheck implements Check {

    static final String NAME = "SLOT_AVAILABLE";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Source has a free slot and WAL sender";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.plan().follows()) {
            return new Outcome.Passed();
        }
        ServerFacts server = context.source().server();
        // a task that goes on has its slot already
        return Outcome.of(
                judge(context.plan().source().address(), server, context.plan().hasCheckpoint() ? 0 : 1));
    }

    static List<Finding> judge(String place, ServerFacts server, int slots) {
        List<Finding> findings = new ArrayList<>();
        if (server.maxSlots() - server.usedSlots() < slots) {
            findings.add(Finding.error(
                    place,
                    "All " + server.maxSlots() + " replication slots (max_replication_slots) are taken.",
                    "Drop a slot that nobody needs (SELECT slot_name, active FROM pg_replication_slots;), or run"
                            + " ALTER SYSTEM SET max_replication_slots = " + (server.maxSlots() + 10)
                            + "; and restart the server."));
        }
        if (server.usedSenders() >= server.maxSenders()) {
            findings.add(Finding.error(
                    place,
                    "All " + server.maxSenders() + " WAL senders (max_wal_senders) are taken.",
                    "ALTER SYSTEM SET max_wal_senders = " + (server.maxSenders() + 10)
                            + "; -- then restart the server"));
        }
        return findings;
    }
}
