package dev.leat.postgres.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.leat.change.Row;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers of three majors sent is understood, and what no server sends ends in one failure. */
class PgOutputDecoderTest {

    private static final int MUTATIONS = 200_000;
    private static final byte[] MESSAGE = hex("4d 01 00000000019b5c38 6f7574c3a9 00 00000003 00ff61");
    private static final List<byte[]> RECORDED = Stream.concat(
                    Stream.of(12, 15, 18).flatMap(major -> Recordings.of(major).stream()), Stream.of(MESSAGE))
            .toList();

    private final Row before = new Row();
    private final Row after = new Row();

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18})
    void understandsEveryRecordedMessage(int major) {
        assertThat(Recordings.decoded(Recordings.of(major))).isEqualTo(Recordings.MESSAGES);
    }

    @Test
    void readsTheStartOfATransaction() {
        var begin = new PgOutputMessage.Begin(0x16_B374_D848L, 946_684_800_000_001L, -2);

        assertThat(decode("42 00000016b374d848 0000000000000001 fffffffe")).isEqualTo(begin);
    }

    @Test
    void readsTheEndOfATransaction() {
        var commit = new PgOutputMessage.Commit(1, 2, 946_684_799_999_999L);

        assertThat(decode("43 00 0000000000000001 0000000000000002 ffffffffffffffff"))
                .isEqualTo(commit);
    }

    @Test
    void readsARelationOfTheCatalog() {
        assertThat(decode("52 00000007 00 7400 64 0001 01 6100 00000017 ffffffff"))
                .isEqualTo(new PgOutputMessage.Relation(
                        7, "pg_catalog", "t", 'd', List.of(new PgOutputMessage.RelationColumn("a", true, 23, -1))));
    }

    @Test
    void readsALogicalMessageOfAnyBytes() {
        assertThat(PgOutputDecoder.decode(MESSAGE, 0, before, after))
                .isInstanceOfSatisfying(PgOutputMessage.Message.class, message -> {
                    assertThat(message.transactional()).isTrue();
                    assertThat(message.lsn()).isEqualTo(0x19b5c38);
                    assertThat(message.prefix()).isEqualTo("outé");
                    assertThat(message.content()).containsExactly(0, -1, 'a');
                });
    }

    @Test
    void readsAnEmptyLogicalMessageFromBetweenTransactions() {
        assertThat(decode("4d 00 0000000000000009 00 00000000"))
                .isInstanceOfSatisfying(PgOutputMessage.Message.class, message -> {
                    assertThat(message.transactional()).isFalse();
                    assertThat(message.lsn()).isEqualTo(9);
                    assertThat(message.prefix()).isEmpty();
                    assertThat(message.content()).isEmpty();
                });
    }

    @Test
    void tellsNullUnchangedAndEmptyApart() {
        decode("49 00000007 4e 0003 6e 75 74 00000000");

        assertThat(after.isNull(0)).isTrue();
        assertThat(after.isUnchanged(1)).isTrue();
        assertThat(after.length(2)).isZero();
    }

    @Test
    void startsWhereItIsTold() {
        byte[] frame = new byte[25 + 6];
        frame[25] = 'T';
        frame[29] = 0;

        assertThat(PgOutputDecoder.decode(frame, 25, before, after)).isEqualTo(new PgOutputMessage.Truncate(List.of()));
    }

    @Test
    void refusesMessagesThatAreCutAnywhere() {
        for (byte[] message : RECORDED) {
            for (int length = 0; length < message.length; length++) {
                byte[] cut = Arrays.copyOf(message, length);
                assertThatThrownBy(() -> PgOutputDecoder.decode(cut, 0, before, after))
                        .isInstanceOfSatisfying(
                                SyncException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_PROTOCOL));
            }
        }
    }

    @Test
    void refusesBytesLeftOver() {
        for (byte[] message : RECORDED) {
            assertThatThrownBy(
                            () -> PgOutputDecoder.decode(Arrays.copyOf(message, message.length + 1), 0, before, after))
                    .isInstanceOf(SyncException.class)
                    .hasMessageContaining("left over");
        }
    }

    @Test
    void neverSaysWhatARefusedMessageHolds() {
        byte[] message = "Isecretsecret".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> PgOutputDecoder.decode(message, 0, before, after))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void endsInAMessageOrOneFailureWhateverIsChanged() {
        var random = new Random(20_261_122);
        for (int i = 0; i < MUTATIONS; i++) {
            PgOutputDecoderFuzzTest.tryToDecode(
                    mutated(RECORDED.get(random.nextInt(RECORDED.size())), random), before, after);
        }
    }

    @Test
    void believesNoCountThatTheBytesCannotHold() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (byte[] message : RECORDED) {
            for (int at = 1; at + 4 <= message.length; at++) {
                for (int count : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0xffff, 1 << 28, 1 << 30}) {
                    byte[] hostile = message.clone();
                    ByteBuffer.wrap(hostile).putInt(at, count);
                    long start = threads.getCurrentThreadAllocatedBytes();
                    PgOutputDecoderFuzzTest.tryToDecode(hostile, before, after);
                    assertThat(threads.getCurrentThreadAllocatedBytes() - start).isLessThan(1 << 18);
                }
            }
        }
    }

    private PgOutputMessage decode(String hex) {
        return PgOutputDecoder.decode(hex(hex), 0, before, after);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] mutated(byte[] message, Random random) {
        byte[] mutant = Arrays.copyOf(message, message.length + (random.nextInt(4) == 0 ? random.nextInt(9) : 0));
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(Math.min(mutant.length, 64));
            if (random.nextBoolean()) {
                mutant[at] = (byte) random.nextInt();
            } else if (at + 4 <= mutant.length) {
                ByteBuffer.wrap(mutant).putInt(at, random.nextInt() >> random.nextInt(32));
            }
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
    }
}
