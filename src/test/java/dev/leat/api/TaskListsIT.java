package dev.leat.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.LeatClient;
import dev.leat.fixture.LeatServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Lists over REST come in parts, and the parts are the whole. */
@LeatServer
class TaskListsIT {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    @Autowired
    private TaskStreams streams;

    private LeatClient leat;
    private UUID task;

    @BeforeEach
    void aDraft() {
        leat = LeatClient.admin(port);
        leat.post(
                "/api/v1/connections",
                "{\"name\": \"lists-source\", \"kind\": \"POSTGRESQL\", \"host\": \"127.0.0.1\", \"port\": 1,"
                        + " \"database\": \"shop\", \"user\": \"leat\"}");
        leat.post(
                "/api/v1/connections",
                "{\"name\": \"lists-kafka\", \"kind\": \"KAFKA\", \"bootstrapServers\": \"127.0.0.1:1\"}");
        task = create("lists-" + UUID.randomUUID());
    }

    @AfterEach
    void release() {
        leat.post("/api/v1/tasks/" + task + "/release", "");
    }

    @Test
    void listsOfATaskEndedAtAThousandAsIfThatWereAll() {
        for (int i = 0; i < 5; i++) {
            database.sql("INSERT INTO task_event (task_id, at, severity, kind, message) VALUES (?, now(), 'INFO',"
                            + " 'X', ?)")
                    .params(task, "event " + i)
                    .update();
            database.sql("INSERT INTO task_table (task_id, schema_name, table_name, topic, state, as_of, rows,"
                            + " estimated_rows, chunks_done, chunks) VALUES (?, ?, ?, 'a', 'WAITING', '0/0', 0, 0,"
                            + " 0, 0)")
                    .params(task, i < 2 ? "a.b" : "a", "t" + i)
                    .update();
        }

        var events = parts("/events?limit=2", "message");
        assertThat(events).hasSize(6).startsWith("event 4", "event 3", "event 2", "event 1", "event 0");
        assertThat(parts("/tables?limit=2", "table")).containsExactly("t2", "t3", "t4", "t0", "t1");
        assertThat(leat.get(path("/events?cursor=YWJj")).status()).isEqualTo(422);
    }

    @Test
    void tasksComeInPartsNewestFirst() {
        var mark = "part-" + UUID.randomUUID();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(create(mark + i).toString());
        }

        assertThat(parts("/api/v1/tasks", "?limit=2&state=DRAFT&q=" + mark.toUpperCase(Locale.ROOT), "id"))
                .isEqualTo(made);
        assertThat(leat.get("/api/v1/tasks?state=RUNNING&q=" + mark)
                        .json()
                        .path("items")
                        .isEmpty())
                .isTrue();
        assertThat(leat.get("/api/v1/tasks?cursor=YWJj").status()).isEqualTo(422);
        made.forEach(id -> leat.post("/api/v1/tasks/" + id + "/release", ""));
    }

    @Test
    void revisionsComeInPartsEachWithItsChanges() {
        for (int i = 1; i <= 3; i++) {
            var definition =
                    leat.get(path("/definition")).text().replaceAll("\"name\":\"[^\"]*\"", "\"name\":\"r" + i + "\"");
            assertThat(leat.put(path(""), definition).status()).isEqualTo(200);
        }

        assertThat(parts("/revisions?limit=2", "revision")).containsExactly("4", "3", "2", "1");
        var last = leat.get(path("/revisions?limit=1")).json().at("/items/0");
        assertThat(last.path("changes").toString()).contains("name");
    }

    @Test
    void aStreamLastedLongerThanTheTokenThatOpenedIt() {
        assertThat(streams.open(task).getTimeout()).isEqualTo(TaskStreams.LIFETIME.toMillis());
    }

    private UUID create(String name) {
        var made = leat.post("/api/v1/tasks", """
            {"name": "%s", "source": {"connection": "lists-source"}, "destination": {"connection": "lists-kafka"},
             "objects": {"include": [{"schema": "public"}]}}
            """.formatted(name));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return UUID.fromString(made.json().path("id").asString());
    }

    private String path(String rest) {
        return "/api/v1/tasks/" + task + rest;
    }

    /** A field of all items, part by part. */
    private List<String> parts(String list, String field) {
        return parts(path(""), list, field);
    }

    private List<String> parts(String path, String list, String field) {
        List<String> all = new ArrayList<>();
        JsonNode part = leat.get(path + list).json();
        while (true) {
            assertThat(part.path("items").size()).isBetween(1, 2);
            part.path("items").forEach(item -> all.add(item.path(field).asString()));
            if (part.path("next").isNull()) {
                return all;
            }
            part = leat.get(path + list + "&cursor=" + part.path("next").asString())
                    .json();
        }
    }
}
