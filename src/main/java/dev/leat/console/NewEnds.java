package dev.leat.console;

import dev.leat.connection.ConnectionDraft;
import dev.leat.connection.ConnectionKind;
import dev.leat.connection.ConnectionRefused;
import dev.leat.connection.Connections;
import dev.leat.connection.ConnectivityReport;
import dev.leat.console.form.Errors;
import dev.leat.console.form.JsonForm;
import dev.leat.console.form.Sent;
import dev.leat.failure.SyncException;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.stereotype.Component;

/** The two ends of a draft, registered ones or new ones that the wizard registers on the way. */
@Component
final class NewEnds {

    /** In place of a connection's name: a new one, from the fields below. */
    static final String NEW = "+";

    /** One end: the field that names its connection, and the group of a new one's fields. */
    private record End(String field, String group) {}

    private static final End SOURCE = new End("source.connection", "newSource");
    private static final End DESTINATION = new End("destination.connection", "newDestination");
    private static final List<End> ENDS = List.of(SOURCE, DESTINATION);

    private final Connections connections;
    private final ConnectionForms forms;

    NewEnds(Connections connections, ConnectionForms forms) {
        this.connections = connections;
        this.forms = forms;
    }

    /** What was found at each end, by the fields that name them. */
    record Tested(Map<String, ConnectivityReport> reports, Errors errors) {

        boolean reached() {
            return errors.isEmpty() && reports.values().stream().allMatch(ConnectivityReport::ok);
        }

        Turn stay() {
            Map<String, Object> more = new HashMap<>();
            more.put("sourceReport", reports.get(SOURCE.field()));
            more.put("destinationReport", reports.get(DESTINATION.field()));
            more.values().removeIf(java.util.Objects::isNull);
            return new Turn.Stay(errors, more);
        }
    }

    /** Fields of new connections, as far as they were filled in. */
    JsonForm form(Sent sent) {
        JsonForm form = forms.fresh(SOURCE.group(), ConnectionKind.POSTGRESQL);
        JsonForm kafka = forms.fresh(DESTINATION.group(), ConnectionKind.KAFKA);
        form.put(DESTINATION.group(), kafka.at(DESTINATION.group()));
        ENDS.stream()
                .filter(end -> sent.has(end.group() + ".kind"))
                .forEach(end -> forms.read(form, end.group(), sent));
        return form;
    }

    List<Violation> read(Sent sent) {
        List<Violation> unread = new ArrayList<>();
        ENDS.stream()
                .filter(end -> isNew(end, sent))
                .forEach(end -> unread.addAll(
                        forms.read(forms.fresh(end.group(), ConnectionKind.POSTGRESQL), end.group(), sent)));
        return unread;
    }

    /** Tries both ends side by side. */
    Tested test(Draft draft, Sent sent) {
        Map<String, FutureTask<ConnectivityReport>> running = new HashMap<>();
        List<Violation> wrong = new ArrayList<>(missing(draft, sent));
        for (End end : ENDS) {
            if (wrong.stream().noneMatch(violation -> violation.field().equals(end.field()))) {
                FutureTask<ConnectivityReport> test = new FutureTask<>(() -> test(end, draft, sent));
                Thread.ofVirtual().name("wizard-test").start(test);
                running.put(end.field(), test);
            }
        }
        Map<String, ConnectivityReport> reports = new HashMap<>();
        for (End end : ENDS) {
            collect(end, Optional.ofNullable(running.get(end.field())), reports, wrong);
        }
        return new Tested(reports, new Errors(wrong));
    }

    private static void collect(
            End end,
            Optional<FutureTask<ConnectivityReport>> test,
            Map<String, ConnectivityReport> reports,
            List<Violation> wrong) {
        if (test.isEmpty()) {
            return;
        }
        try {
            reports.put(end.field(), test.get().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InvalidSettings invalid -> wrong.addAll(ConnectionForms.in(end.group(), invalid.violations()));
                case SyncException failed ->
                    wrong.add(new Violation(end.field(), failed.getMessage(), failed.remedy()));
                case null, default -> throw new IllegalStateException("a connectivity test broke off", e.getCause());
            }
        }
    }

    private ConnectivityReport test(End end, Draft draft, Sent sent) {
        return isNew(end, sent)
                ? connections.test(draft(end, sent))
                : connections.test(draft.form().text(end.field()));
    }

    /** Registers the new ones; the draft names them from now on. */
    void register(Draft draft, Sent sent) {
        for (End end : ENDS) {
            if (isNew(end, sent)) {
                try {
                    String name = connections.register(draft(end, sent)).name();
                    draft.form().put(end.field(), draft.form().json().stringNode(name));
                } catch (InvalidSettings e) {
                    throw new InvalidSettings(ConnectionForms.in(end.group(), e.violations()));
                } catch (ConnectionRefused e) {
                    throw new InvalidSettings(
                            List.of(new Violation(end.group() + ".name", e.getMessage(), e.remedy())));
                }
            }
        }
    }

    private ConnectionDraft draft(End end, Sent sent) {
        JsonForm form = forms.fresh(end.group(), ConnectionKind.POSTGRESQL);
        forms.read(form, end.group(), sent);
        return forms.draft(form, end.group());
    }

    private List<Violation> missing(Draft draft, Sent sent) {
        String source = draft.form().text(SOURCE.field());
        String destination = draft.form().text(DESTINATION.field());
        return connections.endViolations(source, destination).stream()
                .filter(wrong -> ENDS.stream().noneMatch(end -> end.field().equals(wrong.field()) && isNew(end, sent)))
                .map(wrong -> draft.form().text(wrong.field()).isEmpty()
                        ? Errors.violation(wrong.field(), "wrong.noConnection")
                        : wrong)
                .toList();
    }

    private static boolean isNew(End end, Sent sent) {
        return sent.text(end.field()).equals(NEW);
    }
}
