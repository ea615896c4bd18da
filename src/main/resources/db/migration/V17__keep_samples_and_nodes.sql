-- How tasks did, every ten seconds at first; older samples are rolled up to coarser grains.
CREATE TABLE task_sample (
    task_id          uuid             NOT NULL REFERENCES task ON DELETE CASCADE,
    grain_seconds    integer          NOT NULL,
    at               timestamptz      NOT NULL,
    -- the worst of its time
    delay_seconds    double precision,
    wal_held_bytes   bigint,
    lag_bytes        bigint,
    -- the mean of its time
    rows_per_second  double precision NOT NULL,
    bytes_per_second double precision NOT NULL,
    PRIMARY KEY (task_id, grain_seconds, at)
);

CREATE INDEX task_sample_by_age ON task_sample (grain_seconds, at);

-- The nodes that run Leat over this database, each of which says every few seconds that it is there.
CREATE TABLE node (
    name        text             PRIMARY KEY,
    version     text             NOT NULL,
    started_at  timestamptz      NOT NULL,
    seen_at     timestamptz      NOT NULL,
    processors  integer          NOT NULL,
    cpu_load    double precision,
    heap_bytes  bigint           NOT NULL,
    heap_limit  bigint           NOT NULL
);
