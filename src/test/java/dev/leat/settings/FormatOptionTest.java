package dev.leat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.kafka.format.EncoderSpec;
import dev.leat.kafka.format.RecordEncoders;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of options says of each format what its encoder says. */
class FormatOptionTest {

    private static final DataType INT = new DataType(23, "int4", "integer", -1, DataType.Kind.BASE, null);
    private static final Table ANY =
            new Table(0, new TableId("any", "any"), List.of(new Column("id", INT, true)), List.of(0), false);

    @ParameterizedTest
    @EnumSource(FormatKind.class)
    void encodersTakeWhatIsListedAndNothingElse(FormatKind kind) {
        for (FormatOption option : FormatOption.of(kind)) {
            for (String value : option.values()) {
                assertThatCode(() -> compile(kind, option.name(), value)).doesNotThrowAnyException();
            }
            // read only where the records carry ids of a registry
            boolean read = kind != FormatKind.DTS_AVRO || option.name().equals("money.fraction.digits");
            if (!option.values().isEmpty() && read) {
                assertThatThrownBy(() -> compile(kind, option.name(), "something else"))
                        .as(option.name())
                        .isInstanceOfSatisfying(
                                SyncException.class,
                                refusal -> assertThat(refusal.kind()).isEqualTo(FailureKind.SETTINGS));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FormatKind.class)
    void namesAreUniqueAndTheDefaultComesFirst(FormatKind kind) {
        Set<String> names = new HashSet<>();
        for (FormatOption option : FormatOption.of(kind)) {
            assertThat(names.add(option.name())).isTrue();
            assertThat(option.values()).doesNotHaveDuplicates();
            assertThat(option.takes("")).isFalse();
        }
    }

    private static void compile(FormatKind kind, String option, String value) {
        RecordEncoders.compile(new EncoderSpec(
                ANY,
                "shop",
                "leat",
                "1",
                new FormatSettings(kind, Map.of(option, value)),
                UnavailableValues.PLACEHOLDER,
                false,
                List.of(),
                new AtomicLong(),
                Clock.systemUTC(),
                "any",
                "18",
                (subject, schema) -> 1));
    }
}
