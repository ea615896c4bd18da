package dev.leat.console.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.settings.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A form is JSON, and a name in it is the path of a value. */
class JsonFormTest {

    private final JsonForm form = new JsonForm((ObjectNode) JsonMapper.shared().readTree("""
            {"name": "shop", "retry": {"otherMinutes": 10}, "phases": ["FULL"],
             "objects": {"include": [{"schema": "public"}, {"schema": "sales", "table": "orders"}]}}
            """));

    @Test
    void readsEachKindOfFieldIntoItsPlace() {
        List<Violation> wrong = form.read(
                List.of(
                        Field.text("name"),
                        Field.whole("retry.otherMinutes"),
                        Field.number("throttle.full.megabytesPerSecond"),
                        Field.set("phases"),
                        Field.flag("createTopics"),
                        Field.text("objects.include[1].topic"),
                        Field.secret("password")),
                sent(Map.of(
                        "name", "  other ",
                        "retry.otherMinutes", "25",
                        "throttle.full.megabytesPerSecond", "2.5",
                        "createTopics", "true",
                        "objects.include[1].topic", "shop.orders",
                        "password", " blank kept ")));
        assertThat(wrong).isEmpty();
        assertThat(form.json()).isEqualTo(JsonMapper.shared().readTree("""
                {"name": "other", "retry": {"otherMinutes": 25}, "phases": [],
                 "objects": {"include": [{"schema": "public"}, {"schema": "sales", "table": "orders", "topic": "shop.orders"}]},
                 "throttle": {"full": {"megabytesPerSecond": 2.5}}, "createTopics": true, "password": " blank kept "}
                """));
    }

    @Test
    void leavesOutWhatIsBlank() {
        form.read(List.of(Field.text("name"), Field.whole("retry.otherMinutes")), sent(Map.of("name", "  ")));
        assertThat(form.json().has("name")).isFalse();
        assertThat(form.text("retry.otherMinutes")).isEmpty();
    }

    @Test
    void keepsTheValueBeforeAndShowsWhatWasTypedWhenThatIsNoNumber() {
        List<Violation> wrong = form.read(
                List.of(Field.whole("retry.otherMinutes"), Field.number("rate")),
                sent(Map.of("retry.otherMinutes", "ten", "rate", "NaN")));
        assertThat(wrong)
                .extracting(Violation::field, Violation::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("retry.otherMinutes", "'ten' is not a whole number."),
                        org.assertj.core.groups.Tuple.tuple("rate", "'NaN' is not a number."));
        assertThat(form.text("retry.otherMinutes")).isEqualTo("ten");
        assertThat(form.at("retry.otherMinutes").asInt()).isEqualTo(10);
    }

    @Test
    void findsErrorsBesideTheirFields() {
        Errors errors = new Errors(List.of(
                new Violation("etl[0].steps[1].to", "empty", "fill it"), new Violation("name", "long", "cut it")));
        assertThat(errors.at("name")).isNotNull();
        assertThat(errors.at("names")).isNull();
        assertThat(errors.below("etl[0]")).hasSize(1);
        assertThat(errors.id(errors.all().getFirst())).isEqualTo("f-etl-0-steps-1-to");
    }

    private static Sent sent(Map<String, String> values) {
        Map<String, String[]> parameters = new java.util.HashMap<>();
        values.forEach((name, value) -> parameters.put(name, new String[] {value}));
        return new Sent(parameters);
    }
}
