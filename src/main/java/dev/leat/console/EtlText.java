package dev.leat.console;

import dev.leat.settings.EtlStep;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.PlainYaml;
import dev.leat.settings.TableEtl;
import dev.leat.settings.Violation;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** ETL steps as people write them: YAML, of which JSON is a part, or a DTS script. */
@Component
final class EtlText {

    private static final String SCRIPT = "script";
    private static final String REMEDY = "wrong.noSteps.remedy";

    private final JsonMapper json;

    EtlText(JsonMapper json) {
        this.json = json;
    }

    /** {@code script} for a single pasted script, else {@code steps}. */
    static String language(TableEtl etl) {
        return etl.steps().size() == 1 && etl.steps().getFirst() instanceof EtlStep.Script ? SCRIPT : "steps";
    }

    String write(TableEtl etl) {
        if (etl.steps().size() == 1 && etl.steps().getFirst() instanceof EtlStep.Script script) {
            return script.script();
        }
        if (etl.steps().isEmpty()) {
            return "";
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(json.convertValue(etl.steps(), List.class));
    }

    /**
     * Reads what was written.
     *
     * @param field of the text, for what is wrong with it
     * @throws InvalidSettings when it is no list of steps, with its place
     */
    List<EtlStep> read(String language, String text, String field) {
        if (text.isBlank()) {
            return List.of();
        }
        if (language.equals(SCRIPT)) {
            return List.of(new EtlStep.Script(text));
        }
        return steps(parsed(text, field), field);
    }

    private List<EtlStep> steps(Object parsed, String field) {
        Object list = parsed instanceof Map<?, ?> single ? List.of(single) : parsed;
        try {
            return List.of(json.convertValue(list, EtlStep[].class));
        } catch (JacksonException e) {
            String place = e.getPath().stream()
                    .filter(step -> step.getPropertyName() == null)
                    .findFirst()
                    .map(step -> "Step " + (step.getIndex() + 1) + " is not known.")
                    .orElse("wrong.noSteps");
            throw wrong(field, place, REMEDY);
        }
    }

    private static Object parsed(String text, String field) {
        try {
            Object parsed = PlainYaml.read(text);
            return parsed == null ? List.of() : parsed;
        } catch (YAMLException e) {
            throw wrong(field, "The steps are not YAML" + PlainYaml.problem(e), REMEDY);
        }
    }

    private static InvalidSettings wrong(String field, String message, String remedy) {
        return new InvalidSettings(List.of(new Violation(field, message, remedy)));
    }
}
