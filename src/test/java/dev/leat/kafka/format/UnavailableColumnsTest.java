package dev.leat.kafka.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.change.Column;
import dev.leat.change.DataType;
import dev.leat.change.Table;
import dev.leat.change.TableId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnavailableColumnsTest {

    @Test
    void aCommaInANameIsNoSeparator() {
        DataType text = new DataType(25, "text", "text", -1, DataType.Kind.BASE, null);
        List<Column> columns = Stream.of("a,b", "c", "d\\e")
                .map(name -> new Column(name, text, false))
                .toList();
        var unavailable = new UnavailableColumns(new Table(1, new TableId("public", "t"), columns, List.of(), false));
        assertThat(unavailable.take()).isNull();
        unavailable.mark(0);
        unavailable.mark(2);
        assertThat(Shapes.utf8(unavailable.take())).isEqualTo("a\\,b,d\\\\e");
        assertThat(unavailable.take()).isNull();
    }
}
