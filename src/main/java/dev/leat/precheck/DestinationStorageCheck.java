package dev.leat.precheck;

import dev.leat.settings.Phase;
import java.util.List;
import java.util.OptionalLong;

/** Whether the destination's disks have room for what is copied. */
final class DestinationStorageCheck implements Check {

    private static final String SIZE = "SELECT coalesce(sum(pg_table_size(oid)), 0)::bigint FROM unnest(?::oid[]) oid";

    @Override
    public String name() {
        return "DESTINATION_STORAGE";
    }

    @Override
    public String title() {
        return "Destination has room for what is copied";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        if (!context.task().has(Phase.FULL) || context.plan().hasCheckpoint()) {
            return new Outcome.Passed();
        }
        OptionalLong free = context.destination().connected().freeBytes();
        if (free.isEmpty()) {
            return new Outcome.Passed("The brokers do not tell how much room they have.");
        }
        Integer factor = context.task().destination().replicationFactor();
        return judge(context.plan().destination().bootstrapServers(), size(context), factor, free.getAsLong());
    }

    private static long size(PrecheckContext context) {
        String[] oids = context.source().relations().stream()
                .map(relation -> Integer.toUnsignedString(relation.oid()))
                .toArray(String[]::new);
        return context.source()
                .query(SIZE, rows -> rows.getLong(1), (Object) oids)
                .getFirst();
    }

    static Outcome judge(String place, long tables, @org.jspecify.annotations.Nullable Integer factor, long free) {
        long needed = tables * (factor == null ? 1 : factor);
        return needed <= free
                ? new Outcome.Passed()
                : Outcome.of(List.of(Finding.alert(
                        place,
                        "The tables take " + Wording.bytes(tables) + " at the source"
                                + (factor == null ? "" : ", and " + factor + " replicas of each are asked for")
                                + "; the brokers' disks have " + Wording.bytes(free) + " left.",
                        "Add room to the brokers, shorten the topics' retention.bytes, or select less.")));
    }
}
