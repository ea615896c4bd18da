-- Every precheck that was asked for, of which the newest are kept.
CREATE TABLE task_precheck_run (
    task_id  uuid        NOT NULL REFERENCES task ON DELETE CASCADE,
    run      integer     NOT NULL,
    begun_at timestamptz NOT NULL,
    asked_by text        NOT NULL,
    -- the items that were asked for; null = all
    items    text,
    PRIMARY KEY (task_id, run)
);

-- What each of them found.
CREATE TABLE task_precheck_result (
    task_id uuid        NOT NULL REFERENCES task ON DELETE CASCADE,
    run     integer     NOT NULL,
    item    text        NOT NULL,
    place   integer     NOT NULL,
    outcome text        NOT NULL,
    detail  text        NOT NULL CHECK (detail::jsonb IS NOT NULL),
    millis  bigint      NOT NULL,
    ran_at  timestamptz NOT NULL,
    PRIMARY KEY (task_id, item, run)
);

ALTER TABLE task_precheck
    -- the precheck that this is of; 0 = one from before they were counted
    ADD run integer NOT NULL DEFAULT 0,
    -- whether the next precheck is to look at this item; none asked for = at all
    ADD asked boolean NOT NULL DEFAULT false,
    -- what was found when its alerts were ignored: whatever is found beside that is not ignored
    ADD ignored_detail text;
