package dev.leat.task;

import dev.leat.settings.AtWalBudget;
import dev.leat.sync.SlotHealth;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Says that the source keeps much WAL for a slot: at shares of the limit, in words that name object and remedy. */
final class WalAlert {

    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private final SlotHealth health;
    private final AtWalBudget policy;

    WalAlert(SlotHealth health, AtWalBudget policy) {
        this.health = health;
        this.policy = policy;
    }

    /** The share that is exceeded, in percent: 0, 50, 80 or 100. */
    static int level(int percent) {
        if (percent >= 100) {
            return 100;
        }
        return percent >= 80 ? 80 : percent >= 50 ? 50 : 0;
    }

    String message() {
        return "Replication slot " + health.slot() + ": the source keeps "
                + size(health.trend().heldBytes()) + " of WAL for it, " + health.percent() + " % of the "
                + size(health.limit().bytes()) + " that " + health.limit().setting() + " allows" + growth() + ".";
    }

    private String growth() {
        double rate = health.trend().growthBytesPerSecond();
        if (health.percent() >= 100) {
            return "";
        }
        return health.fullAt()
                .map(at -> "; it grows by " + size(rate) + "/s and reaches that at " + minute(at))
                .orElse("; it does not grow at present");
    }

    String remedy() {
        String now = "See to it that the task delivers: what it has delivered is freed. Where it cannot, give it more"
                + " room with " + health.limit().setting() + ", or release it, which drops the slot; a restart keeps"
                + " the slot and frees nothing before all tables are copied. ";
        return now
                + switch (policy) {
                    case ALERT -> "At the limit it is told once more; source.slotCare.atWalBudget can do more.";
                    case PAUSE -> "At the limit the task pauses, which frees no WAL.";
                    case DROP_SLOT -> "At the limit the slot is dropped, and all tables have to be copied again.";
                };
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    static String size(double bytes) {
        return bytes < BYTES_PER_GIGABYTE
                ? String.format(Locale.ROOT, "%.1f MB", bytes / BYTES_PER_MEGABYTE)
                : String.format(Locale.ROOT, "%.1f GB", bytes / BYTES_PER_GIGABYTE);
    }
}
