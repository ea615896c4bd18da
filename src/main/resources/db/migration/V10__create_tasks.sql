-- What users created: the definition as they sent it, and where its life stands.
CREATE TABLE task (
    id                     uuid PRIMARY KEY,
    name                   text        NOT NULL,
    definition             text        NOT NULL CHECK (definition::jsonb IS NOT NULL),
    source_connection      text        NOT NULL,
    destination_connection text        NOT NULL,
    slot                   text        NOT NULL,
    publication            text        NOT NULL,
    state                  text        NOT NULL,
    start_after_precheck   boolean     NOT NULL DEFAULT false,
    phase                  text,
    -- fences every write of a run: each run takes the next number
    generation             bigint      NOT NULL DEFAULT 0,
    failure_kind           text,
    failure_message        text,
    failure_remedy         text,
    -- when the present trouble began; kept over restarts, cleared by real progress
    failing_since          timestamptz,
    next_attempt           timestamptz,
    window_ends            timestamptz,
    -- what a released task still has at its source
    cleaned_up             boolean     NOT NULL DEFAULT true,
    revision               integer     NOT NULL DEFAULT 1,
    created_at             timestamptz NOT NULL,
    created_by             text        NOT NULL,
    version                bigint      NOT NULL DEFAULT 0
);

CREATE INDEX task_by_source ON task (source_connection);
CREATE INDEX task_by_destination ON task (destination_connection);

-- Every definition that a task ever had, and who gave it.
CREATE TABLE task_revision (
    task_id    uuid        NOT NULL REFERENCES task ON DELETE CASCADE,
    revision   integer     NOT NULL,
    definition text        NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text        NOT NULL,
    PRIMARY KEY (task_id, revision)
);

CREATE TABLE task_event (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id  uuid        NOT NULL REFERENCES task ON DELETE CASCADE,
    at       timestamptz NOT NULL,
    severity text        NOT NULL,
    kind     text        NOT NULL,
    message  text        NOT NULL,
    remedy   text
);

CREATE INDEX task_event_by_task ON task_event (task_id, id DESC);
