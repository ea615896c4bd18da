package dev.leat.console;

import dev.leat.connection.ConnectionDraft;
import dev.leat.connection.ConnectionKind;
import dev.leat.connection.ConnectionView;
import dev.leat.console.form.Errors;
import dev.leat.console.form.Field;
import dev.leat.console.form.JsonForm;
import dev.leat.console.form.Sent;
import dev.leat.settings.Secret;
import dev.leat.settings.Violation;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Connections as forms, each within a group of fields of its own. */
@Component
final class ConnectionForms {

    private static final List<Field> SOURCE = List.of(
            Field.text("name"),
            Field.text("kind"),
            Field.text("host"),
            Field.whole("port"),
            Field.text("database"),
            Field.text("user"),
            Field.secret("password"),
            Field.text("sslMode"),
            Field.text("caCertificate"));

    private static final List<Field> KAFKA = List.of(
            Field.text("name"),
            Field.text("kind"),
            Field.text("bootstrapServers"),
            Field.text("security"),
            Field.text("user"),
            Field.secret("password"),
            Field.text("caCertificate"),
            Field.text("clientCertificate"),
            Field.secret("clientKey"),
            Field.flag("createTopics"),
            Field.text("schemaRegistry.url"),
            Field.text("schemaRegistry.user"),
            Field.secret("schemaRegistry.password"));

    /** Key of the text. */
    private static final String AGAIN = "secret.again";

    private static final List<String> SECRETS = List.of("password", "clientKey", "schemaRegistry.password");

    private final JsonMapper json;

    ConnectionForms(JsonMapper json) {
        this.json = json;
    }

    /** An empty form. */
    JsonForm fresh(String group, ConnectionKind kind) {
        JsonForm form = new JsonForm(json.createObjectNode());
        form.put(group + ".kind", form.json().stringNode(kind.name()));
        if (kind == ConnectionKind.KAFKA) {
            form.put(group + ".createTopics", form.json().booleanNode(true));
        }
        return form;
    }

    /** A registered connection; its secrets stay masked. */
    JsonForm of(String group, ConnectionView view) {
        ObjectNode root = json.createObjectNode();
        root.set(group, json.valueToTree(view));
        return new JsonForm(root);
    }

    /** Reads what was sent; the other kind's fields are passed over. */
    List<Violation> read(JsonForm form, String group, Sent sent) {
        boolean kafka = isKafka(sent.text(group + ".kind"));
        return form.read(
                (kafka ? KAFKA : SOURCE).stream().map(field -> field.in(group)).toList(), sent);
    }

    /** Where a registered connection keeps a secret and the field was left empty, it stays as it is. */
    void keepSecrets(JsonForm form, String group, JsonForm registered) {
        for (String secret : SECRETS) {
            String path = group + "." + secret;
            boolean kept = registered.text(path).equals(Secret.MASK);
            boolean signsIn =
                    !secret.equals("password") || !form.text(group + ".user").isEmpty();
            if (kept && signsIn && form.text(path).isEmpty() && !isLeftOut(form, group, secret)) {
                form.put(path, form.json().stringNode(Secret.MASK));
            }
        }
    }

    /** What is wrong, by the form's fields; a secret that was to stay but must not is asked for by a text of the console's. */
    static List<Violation> in(JsonForm form, String group, List<Violation> violations) {
        return in(group, violations).stream()
                .map(wrong -> asksAgain(form, group, wrong) ? Errors.violation(wrong.field(), AGAIN) : wrong)
                .toList();
    }

    private static boolean asksAgain(JsonForm form, String group, Violation wrong) {
        return SECRETS.stream().anyMatch(secret -> wrong.field().equals(group + "." + secret))
                && form.text(wrong.field()).equals(Secret.MASK);
    }

    /** Without what it belongs to, a secret goes too. */
    private static boolean isLeftOut(JsonForm form, String group, String secret) {
        return switch (secret) {
            case "clientKey" -> form.text(group + ".clientCertificate").isEmpty();
            case "schemaRegistry.password" ->
                form.text(group + ".schemaRegistry.url").isEmpty();
            default -> false;
        };
    }

    ConnectionDraft draft(JsonForm form, String group) {
        return json.treeToValue(form.at(group), ConnectionDraft.class);
    }

    /** The same errors under the names of the form's fields. */
    static List<Violation> in(String group, List<Violation> violations) {
        return violations.stream()
                .map(wrong -> new Violation(group + "." + wrong.field(), wrong.message(), wrong.remedy()))
                .toList();
    }

    static boolean isKafka(String kind) {
        return kind.equals(ConnectionKind.KAFKA.name());
    }
}
