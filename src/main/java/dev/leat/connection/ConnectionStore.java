package dev.leat.connection;

import dev.leat.secret.SecretCipher;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Turns connections into rows and back: settings as JSON, secrets encrypted apart. */
final class ConnectionStore {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /** Of its own, so that what is stored does not change with how REST writes. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion ->
                    inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    private final ConnectionRepository rows;
    private final SecretCipher cipher;
    private final Clock clock;

    ConnectionStore(ConnectionRepository rows, SecretCipher cipher, Clock clock) {
        this.rows = rows;
        this.cipher = cipher;
        this.clock = clock;
    }

    ConnectionView add(ConnectionDraft draft) {
        String name = name(draft);
        if (rows.existsById(name)) {
            throw ConnectionRefused.exists(name);
        }
        try {
            return view(
                    rows.save(new ConnectionRow(name, kind(draft), settings(draft), secrets(draft), clock.instant())));
        } catch (DataIntegrityViolationException anotherWasFaster) {
            throw ConnectionRefused.exists(name);
        }
    }

    ConnectionView change(ConnectionRow row, ConnectionDraft draft) {
        row.change(kind(draft), settings(draft), secrets(draft), clock.instant());
        try {
            return view(rows.save(row));
        } catch (OptimisticLockingFailureException anotherWasFaster) {
            throw ConnectionRefused.changedMeanwhile(row.name());
        }
    }

    ConnectionRow row(String name) {
        return find(name).orElseThrow(() -> ConnectionRefused.notFound(name));
    }

    Optional<ConnectionRow> find(String name) {
        return rows.findById(name);
    }

    List<ConnectionView> list(Set<ConnectionKind> kinds, String text, String after, int limit) {
        return rows.find(kinds, text, after, Limit.of(limit)).stream()
                .map(ConnectionStore::view)
                .toList();
    }

    Map<String, Long> versions() {
        return rows.versions().stream().collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
    }

    void remove(ConnectionRow row) {
        rows.delete(row);
    }

    /** Everything about it, secrets readable. */
    ConnectionDraft open(ConnectionRow row) {
        return draft(row).withSecrets(ConnectionSecrets.decrypt(texts(row), cipher, row.name()));
    }

    static ConnectionView view(ConnectionRow row) {
        Map<String, String> kept = texts(row);
        ConnectionDraft masked = draft(row).withSecrets(ConnectionSecrets.masks(kept.keySet()));
        return ConnectionView.of(row.kind(), masked, row.createdAt(), row.updatedAt(), row.version());
    }

    private static ConnectionDraft draft(ConnectionRow row) {
        return JSON.readValue(row.settings(), ConnectionDraft.class);
    }

    private static Map<String, String> texts(ConnectionRow row) {
        return JSON.readValue(row.secrets(), TEXTS);
    }

    private static String settings(ConnectionDraft draft) {
        return JSON.writeValueAsString(draft.withSecrets(ConnectionSecrets.NONE));
    }

    private String secrets(ConnectionDraft draft) {
        return JSON.writeValueAsString(draft.secrets().encrypt(cipher, name(draft)));
    }

    private static String name(ConnectionDraft checked) {
        return Objects.requireNonNull(checked.name());
    }

    private static ConnectionKind kind(ConnectionDraft checked) {
        return Objects.requireNonNull(checked.kind());
    }
}
