package dev.leat.sync;

import dev.leat.settings.SlotSettings;

/**
 * How much WAL the source may keep for a slot, and who says so.
 *
 * @param bytes the limit
 * @param setting name of the setting that it comes from, at the server or in the task
 */
public record WalLimit(long bytes, String setting) {

    private static final String SERVER = "max_slot_wal_keep_size";
    private static final String TASK = "source.slotCare.walBudgetGigabytes";

    /**
     * The limit that is met first. A budget of ours that nobody chose only stands in where the server has no limit.
     *
     * @param serverBytes the server's own limit, which ends the slot; negative when it has none
     */
    static WalLimit of(SlotSettings care, long serverBytes) {
        boolean chosen = care.walBudgetGigabytes() != null;
        if (serverBytes >= 0 && (!chosen || serverBytes <= care.walBudgetBytes())) {
            return new WalLimit(serverBytes, SERVER);
        }
        return new WalLimit(care.walBudgetBytes(), TASK);
    }

    /** How much of it is used, in percent; over 100 when it is exceeded. */
    public int percent(long heldBytes) {
        return bytes <= 0 ? 100 : (int) Math.min(Integer.MAX_VALUE, heldBytes * 100.0 / bytes);
    }
}
