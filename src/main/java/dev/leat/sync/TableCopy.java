package dev.leat.sync;

import dev.leat.change.Chunk;
import dev.leat.kafka.Delivery;
import dev.leat.postgres.CatalogTable;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The copying of one table: its parts, and how far they have come. */
final class TableCopy {

    private final CatalogTable table;
    private final TableProgress started;
    private final List<Part> parts;
    private final LongAdder rows = new LongAdder();
    private volatile boolean abandoned;

    TableCopy(CatalogTable table, List<Chunk> chunks, TableProgress started) {
        this.table = table;
        this.started = started;
        this.parts = chunks.stream().map(Part::new).toList();
    }

    CatalogTable table() {
        return table;
    }

    List<Part> parts() {
        return parts;
    }

    /** Whether every row was read and acknowledged. */
    boolean delivered() {
        return parts.stream().allMatch(Part::delivered);
    }

    /** Gives the table up: what is left of it is not read. */
    void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }

    TableProgress progress() {
        int done = (int) parts.stream().filter(Part::delivered).count();
        return started.advanced(rows.sum(), done);
    }

    /** One chunk on its way. */
    final class Part {

        private final Chunk chunk;
        private volatile @Nullable Delivery delivery;

        private Part(Chunk chunk) {
            this.chunk = chunk;
        }

        Chunk chunk() {
            return chunk;
        }

        TableCopy copy() {
            return TableCopy.this;
        }

        boolean partitioned() {
            return table.partitioned();
        }

        void rowsRead(long count) {
            rows.add(count);
        }

        /** All rows of the chunk were read and given to Kafka. */
        void read(Delivery all) {
            delivery = all;
        }

        boolean delivered() {
            Delivery all = delivery;
            return all != null && all.delivered();
        }
    }
}
