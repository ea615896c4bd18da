package dev.leat.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.leat.change.Lsn;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.postgres.Catalog;
import dev.leat.postgres.ChangeAssembler;
import dev.leat.postgres.PostgresSource;
import dev.leat.postgres.RelationShapes;
import dev.leat.postgres.WalReader;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeTransactionsTest {

    private static final long BOUND = 10_000;

    @TempDir
    private Path directory;

    private final Random random = new Random(7);
    private final List<byte[]> released = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 2_000})
    void releasesAWholeTransactionInItsOrderWhateverItsSize(int changes) throws IOException {
        try (WholeTransactions whole = transactions(directory)) {
            for (int transaction = 0; transaction < 3; transaction++) {
                List<byte[]> frames = frames(changes);
                for (byte[] frame : frames.subList(0, frames.size() - 1)) {
                    whole.add(frame, released::add);
                    assertThat(whole.open()).isTrue();
                }
                assertThat(released).isEmpty();
                whole.add(frames.getLast(), released::add);
                assertThat(whole.open()).isFalse();
                assertThat(released).usingElementComparator(Arrays::compare).containsExactlyElementsOf(frames);
                released.clear();
            }
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void keepsNothingOnDiskWhenWhatIsNextFails() throws IOException {
        try (WholeTransactions whole = transactions(directory)) {
            List<byte[]> frames = frames(500);
            frames.subList(0, frames.size() - 1).forEach(frame -> whole.add(frame, released::add));
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> whole.add(frames.getLast(), frame -> {
                        throw new IllegalStateException("Kafka is gone");
                    }));
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void touchesTheDiskOnlyBeyondItsBoundAndSaysWhenThatFails() {
        try (WholeTransactions whole = transactions(directory.resolve("missing"))) {
            frames(20).forEach(frame -> whole.add(frame, released::add));
            assertThat(released).hasSize(22);
            List<byte[]> large = frames(500);
            assertThatExceptionOfType(SyncException.class)
                    .isThrownBy(() -> large.forEach(frame -> whole.add(frame, released::add)))
                    .withMessageContaining("missing")
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.TEMPORARY_STORAGE);
                        assertThat(failure.remedy()).contains("java.io.tmpdir");
                    });
        }
    }

    private static WholeTransactions transactions(Path directory) {
        return new WholeTransactions(assembler(), assembler(), directory, BOUND);
    }

    /** Assemblers whose source is never asked. */
    private static ChangeAssembler assembler() {
        var nowhere = new SourceEndpoint(
                SourceKind.POSTGRESQL, "nowhere.invalid", 1, "shop", "leat", Secret.NONE, SslMode.DISABLE, "");
        return new ChangeAssembler(
                new RelationShapes(new Catalog(new PostgresSource(nowhere, "test")), List.of()), Lsn.ZERO);
    }

    private List<byte[]> frames(int changes) {
        List<byte[]> frames = new ArrayList<>();
        frames.add(frame('B', 20));
        for (int i = 0; i < changes; i++) {
            frames.add(frame("IUD".charAt(i % 3), 10 + random.nextInt(200)));
        }
        frames.add(frame('C', 25));
        return frames;
    }

    private byte[] frame(char type, int length) {
        byte[] frame = new byte[WalReader.HEADER_BYTES + length];
        random.nextBytes(frame);
        frame[WalReader.HEADER_BYTES] = (byte) type;
        return frame;
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
