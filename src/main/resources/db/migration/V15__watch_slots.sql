-- Which fork of the source's log the checkpoint stands in; 0 = not known.
ALTER TABLE task_checkpoint ADD timeline integer NOT NULL DEFAULT 0;

-- A task's slot as it was last seen at its source, whether the task runs or rests.
CREATE TABLE task_slot (
    task_id         uuid PRIMARY KEY REFERENCES task ON DELETE CASCADE,
    -- when somebody last set out to look; null in what follows = nothing was seen yet
    looked_at       timestamptz NOT NULL,
    seen_at         timestamptz,
    lost            boolean     NOT NULL DEFAULT false,
    failover        boolean     NOT NULL DEFAULT false,
    restart_lsn     pg_lsn,
    confirmed_lsn   pg_lsn,
    held_bytes      bigint,
    growth          double precision,
    limit_bytes     bigint,
    limit_setting   text,
    -- the highest share of the limit, in percent, that was told of and is still exceeded
    alerted_percent integer     NOT NULL DEFAULT 0
);

-- What tasks have left at their sources: it keeps WAL there until it is dropped.
CREATE TABLE orphan (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connection  text        NOT NULL,
    -- null = the connection's own
    database    text,
    -- null = none was left
    slot        text,
    publication text,
    -- of the cluster that holds it, since the connection may lead to another one some day; null = not known
    system_identifier text,
    task_id     uuid        REFERENCES task ON DELETE SET NULL,
    task_name   text        NOT NULL,
    reason      text        NOT NULL,
    since       timestamptz NOT NULL,
    -- null = only when somebody asks for it
    next_try    timestamptz
);

CREATE INDEX orphan_by_connection ON orphan (connection);
