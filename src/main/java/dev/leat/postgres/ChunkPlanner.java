package dev.leat.postgres;

import dev.leat.change.Chunk;
import dev.leat.change.DataType;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts large tables into chunks that are read side by side: by {@code ctid} ranges where the source reads them without
 * a whole scan, else by ranges of a whole-number key, else not at all.
 */
public final class ChunkPlanner {

    /** A table below this size is read at once: 16 MiB. */
    private static final long SMALL_BLOCKS = 2_048;

    private static final long SMALL_ROWS = 100_000;
    private static final int MAX_CHUNKS = 1_024;
    private static final Set<String> WHOLE_NUMBERS = Set.of("int2", "int4", "int8");

    private final PostgresSource source;
    private final Capabilities capabilities;
    private final int readers;

    /** A planner for a number of parallel readers. */
    public ChunkPlanner(PostgresSource source, Capabilities capabilities, int readers) {
        this.source = source;
        this.capabilities = capabilities;
        this.readers = readers;
    }

    /** The chunks of a table; together they hold every row once, also rows beyond the present size. */
    public List<Chunk> plan(CatalogTable table) {
        boolean byBlocks = capabilities.tidRanges() && !capabilities.segmented() && !table.partitioned();
        if (byBlocks) {
            return table.blocks() < SMALL_BLOCKS
                    ? whole(table.table())
                    : byBlocks(table.table(), table.blocks(), chunks(table.blocks(), SMALL_BLOCKS));
        }
        boolean byKey = table.estimatedRows() >= SMALL_ROWS && wholeNumberKey(table.table());
        return byKey ? byKey(table) : whole(table.table());
    }

    private static List<Chunk> whole(Table table) {
        return List.of(new Chunk(table, 0, ""));
    }

    private int chunks(long size, long least) {
        return (int) Math.clamp(size / least, 1, Math.min(MAX_CHUNKS, readers * 4L + size / (least * 16)));
    }

    private static List<Chunk> byBlocks(Table table, long blocks, int count) {
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String from = "ctid >= '(" + blocks * i / count + ",0)'::tid";
            String to = i == count - 1 ? "" : " AND ctid < '(" + blocks * (i + 1) / count + ",0)'::tid";
            chunks.add(new Chunk(table, i, from + to));
        }
        return chunks;
    }

    private static boolean wholeNumberKey(Table table) {
        if (table.key().size() != 1) {
            return false;
        }
        DataType type = table.columns().get(table.key().getFirst()).type();
        return WHOLE_NUMBERS.contains(type.name());
    }

    private List<Chunk> byKey(CatalogTable described) {
        Table table = described.table();
        String key = TableId.quote(table.columns().get(table.key().getFirst()).name());
        try (Connection session = source.session();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT min(" + key + "), max(" + key + ") FROM "
                        + table.id().quoted())) {
            rows.next();
            long least = rows.getLong(1);
            double width = (double) rows.getLong(2) - least;
            int count = chunks(described.estimatedRows(), SMALL_ROWS);
            return width < count ? whole(table) : byKey(table, key, least, width, count);
        } catch (SQLException e) {
            throw PostgresFailures.of("Table " + table.id(), e);
        }
    }

    private static List<Chunk> byKey(Table table, String key, long least, double width, int count) {
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long low = least + (long) (width / count * i);
            long high = least + (long) (width / count * (i + 1));
            String from = i == 0 ? "" : key + " >= " + low;
            String to = i == count - 1 ? "" : key + " < " + high;
            chunks.add(new Chunk(table, i, from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to));
        }
        return chunks;
    }
}
