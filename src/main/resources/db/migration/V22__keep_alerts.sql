-- Since when the task has been in its phase, pauses apart; null = not in one, or not running since a pause or a failure.
ALTER TABLE task ADD phase_since timestamptz;

-- What called for a person, and when that was over.
CREATE TABLE task_alert (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id   uuid        NOT NULL REFERENCES task ON DELETE CASCADE,
    rule      text        NOT NULL,
    message   text        NOT NULL,
    remedy    text        NOT NULL,
    opened_at timestamptz NOT NULL,
    -- null = open
    closed_at timestamptz
);

-- However many nodes look, one alert of a rule is open for a task.
CREATE UNIQUE INDEX task_alert_open ON task_alert (task_id, rule) WHERE closed_at IS NULL;
CREATE INDEX task_alert_by_task ON task_alert (task_id, id);
