package dev.leat.precheck;

import dev.leat.postgres.ReplicationSlot;
import dev.leat.postgres.SlotState;
import java.util.List;
import java.util.Optional;

/** Whether the slot that the task names is free, or one that it can go on with. */
final class SlotNameFreeCheck implements Check {

    private static final String READER = """
            SELECT s.active_pid, coalesce(a.application_name, '') FROM pg_replication_slots s
            LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
            WHERE s.slot_name = ? AND s.active_pid IS NOT NULL
            """;

    @Override
    public String name() {
        return "SLOT_NAME_FREE";
    }

    @Override
    public String title() {
        return "Named slot can be used";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        String name = context.task().source().slot();
        if (name == null || !context.plan().follows()) {
            return new Outcome.Passed();
        }
        Optional<SlotState> state = new ReplicationSlot(context.source().connected(), name).state();
        return Outcome.of(state.map(slot -> judge(context, name, slot)).orElse(absent(context, name)));
    }

    private static List<Finding> absent(PrecheckContext context, String name) {
        return context.plan().hasCheckpoint()
                ? List.of(Finding.error(
                        "slot " + name,
                        "The slot is gone, and with it the changes since the task stopped.",
                        "Restart the task from the full phase."))
                : List.of();
    }

    private static List<Finding> judge(PrecheckContext context, String name, SlotState slot) {
        String place = "slot " + name;
        String database = context.plan().source().database();
        if (!slot.plugin().equals("pgoutput") || !slot.database().equals(database)) {
            String what = slot.plugin().isEmpty()
                    ? "is a physical slot"
                    : "belongs to plugin " + slot.plugin() + " and database " + slot.database();
            return List.of(Finding.error(
                    place,
                    "A slot of that name " + what + "; the task needs pgoutput and " + database + ".",
                    "Name another slot in the task, or drop this one: " + drop(name)));
        }
        if (slot.lost()) {
            return List.of(Finding.error(
                    place,
                    "The source has removed WAL that the slot needs.",
                    drop(name) + " -- then restart the task from the full phase"));
        }
        return slot.active() ? taken(context, name) : List.of();
    }

    /** Taken is no finding when it is the task's own run, which a new run ends. */
    private static List<Finding> taken(PrecheckContext context, String name) {
        return context.source().query(READER, rows -> new Reader(rows.getInt(1), rows.getString(2)), name).stream()
                .filter(reader -> !reader.name.equals(context.plan().applicationName()))
                .map(reader -> Finding.error(
                        "slot " + name,
                        "Somebody else reads from the slot: process " + reader.pid + ", '" + reader.name + "'.",
                        "Name another slot in the task, or end the reader: SELECT pg_terminate_backend(" + reader.pid
                                + ");"))
                .toList();
    }

    private static String drop(String name) {
        return "SELECT pg_drop_replication_slot('" + name + "');";
    }

    /** Who reads from a slot. */
    private record Reader(int pid, String name) {}
}
