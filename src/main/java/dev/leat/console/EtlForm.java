package dev.leat.console;

import dev.leat.console.form.JsonForm;
import dev.leat.console.form.Sent;
import dev.leat.settings.EtlStep;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.OnRowError;
import dev.leat.settings.TableEtl;
import dev.leat.settings.Violation;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The ETL of a draft's tables as fields: one group per table, its steps as text. */
@Component
final class EtlForm {

    /**
     * A table's steps as they are shown.
     *
     * @param table {@code schema.table}
     * @param language {@code steps} or {@code script}
     * @param text the steps, as typed where they could not be read
     */
    record Entry(int index, String path, String table, String language, String text, String onError) {}

    private final EtlText texts;
    private final JsonMapper json;

    EtlForm(EtlText texts, JsonMapper json) {
        this.texts = texts;
        this.json = json;
    }

    List<Entry> entries(JsonForm form) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < form.at("etl").size(); i++) {
            String path = "etl[" + i + "]";
            TableEtl etl = json.treeToValue(form.at(path), TableEtl.class);
            String typed = form.text(path + ".text");
            String language = form.text(path + ".language");
            entries.add(new Entry(
                    i,
                    path,
                    etl.schema().isEmpty() ? etl.table() : etl.schema() + "." + etl.table(),
                    language.isEmpty() ? EtlText.language(etl) : language,
                    typed.isEmpty() ? texts.write(etl) : typed,
                    etl.onError().name()));
        }
        return entries;
    }

    /** A draft may hold tables without steps, to be filled in. */
    void add(JsonForm form) {
        ((ArrayNode) form.at("etl")).add(json.valueToTree(new TableEtl("", "", null, null)));
    }

    void remove(JsonForm form, int index) {
        ArrayNode tables = (ArrayNode) form.at("etl");
        if (index >= 0 && index < tables.size()) {
            tables.remove(index);
        }
    }

    List<Violation> read(JsonForm form, Sent sent) {
        List<Violation> unread = new ArrayList<>();
        ArrayNode tables = form.json().arrayNode();
        for (int i = 0; sent.has("etl[" + i + "].table"); i++) {
            tables.add(json.valueToTree(table("etl[" + i + "]", form, sent, unread)));
        }
        form.put("etl", tables);
        return unread;
    }

    private TableEtl table(String path, JsonForm form, Sent sent, List<Violation> unread) {
        String name = sent.text(path + ".table");
        int dot = name.indexOf('.');
        return new TableEtl(
                dot < 0 ? "public" : name.substring(0, dot),
                name.substring(dot + 1),
                steps(path, form, sent, unread),
                "DEAD_LETTER".equals(sent.text(path + ".onError")) ? OnRowError.DEAD_LETTER : OnRowError.STOP);
    }

    private List<EtlStep> steps(String path, JsonForm form, Sent sent, List<Violation> unread) {
        String text = sent.area(path + ".text");
        form.type(path + ".text", text);
        form.type(path + ".language", sent.text(path + ".language"));
        try {
            return texts.read(sent.text(path + ".language"), text, path);
        } catch (InvalidSettings e) {
            unread.addAll(e.violations());
            return List.of();
        }
    }
}
