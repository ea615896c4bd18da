package dev.leat.task;

import dev.leat.settings.TaskSettings;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every definition that a task ever had, and who gave it. */
@Component
class Revisions {

    private final JdbcClient jdbc;
    private final Definitions definitions;

    Revisions(JdbcClient jdbc, Definitions definitions) {
        this.jdbc = jdbc;
        this.definitions = definitions;
    }

    /** Keeps what a task is now. */
    void keep(SyncTask task, String actor) {
        jdbc.sql("""
                        INSERT INTO task_revision (task_id, revision, definition, changed_at, changed_by)
                        VALUES (:task, :revision, :definition, now(), :actor)
                        """)
                .param("task", task.id)
                .param("revision", task.revision)
                .param("definition", task.definition)
                .param("actor", actor)
                .update();
    }

    /** The newest whose numbers are below one, newest first, each with what it changed. */
    List<RevisionView> list(UUID task, int before, int limit) {
        List<Stored> stored = jdbc.sql("""
                        SELECT revision, definition, changed_at, changed_by FROM task_revision
            WHERE task_id = :task AND revision < :before ORDER BY revision DESC LIMIT :limit
                        """)
                .param("task", task)
                .param("before", before)
                .param("limit", limit + 1)
                .query((row, number) -> new Stored(
                        row.getInt(1),
                        definitions.read(row.getString(2)),
                        row.getObject(3, OffsetDateTime.class),
                        row.getString(4)))
                .list();
        return IntStream.range(0, Math.min(limit, stored.size()))
                .mapToObj(i -> view(
                        stored.get(i), i + 1 < stored.size() ? stored.get(i + 1).definition() : null))
                .toList();
    }

    private RevisionView view(Stored revision, @Nullable TaskSettings before) {
        return new RevisionView(
                revision.number(),
                revision.changedAt().toInstant(),
                revision.changedBy(),
                before == null ? List.of() : definitions.differences(before, revision.definition()),
                revision.definition());
    }

    private record Stored(int number, TaskSettings definition, OffsetDateTime changedAt, String changedBy) {}
}
