package dev.leat.task;

import dev.leat.settings.TaskSettings;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

    /** Newest first, each with what it changed. */
    List<RevisionView> list(UUID task) {
        List<Stored> stored = jdbc.sql("""
                        SELECT revision, definition, changed_at, changed_by FROM task_revision
                        WHERE task_id = :task ORDER BY revision
                        """)
                .param("task", task)
                .query((row, number) -> new Stored(
                        row.getInt(1),
                        definitions.read(row.getString(2)),
                        row.getObject(3, OffsetDateTime.class),
                        row.getString(4)))
                .list();
        List<RevisionView> views = new ArrayList<>();
        TaskSettings before = null;
        for (Stored revision : stored) {
            views.addFirst(view(revision, before));
            before = revision.definition();
        }
        return views;
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
