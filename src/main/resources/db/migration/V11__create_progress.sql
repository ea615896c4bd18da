-- How far a task has come in the source's log; written by its present run only.
CREATE TABLE task_checkpoint (
    task_id           uuid PRIMARY KEY REFERENCES task ON DELETE CASCADE,
    slot              text        NOT NULL,
    system_identifier text        NOT NULL,
    commit_lsn        pg_lsn      NOT NULL,
    change_index      integer     NOT NULL,
    confirmable_lsn   pg_lsn      NOT NULL,
    saved_at          timestamptz NOT NULL
);

-- How far each of its tables has come.
CREATE TABLE task_table (
    task_id        uuid    NOT NULL REFERENCES task ON DELETE CASCADE,
    schema_name    text    NOT NULL,
    table_name     text    NOT NULL,
    topic          text    NOT NULL,
    state          text    NOT NULL,
    as_of          pg_lsn  NOT NULL,
    rows           bigint  NOT NULL,
    estimated_rows bigint  NOT NULL,
    chunks_done    integer NOT NULL,
    chunks         integer NOT NULL,
    reason         text,
    remedy         text,
    PRIMARY KEY (task_id, schema_name, table_name)
);

-- The last precheck of each task, item by item.
CREATE TABLE task_precheck (
    task_id    uuid        NOT NULL REFERENCES task ON DELETE CASCADE,
    item       text        NOT NULL,
    place      integer     NOT NULL,
    outcome    text        NOT NULL,
    detail     text        NOT NULL CHECK (detail::jsonb IS NOT NULL),
    millis     bigint      NOT NULL,
    ran_at     timestamptz NOT NULL,
    ignored_by text,
    ignored_at timestamptz,
    PRIMARY KEY (task_id, item)
);
