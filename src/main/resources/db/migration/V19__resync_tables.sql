-- Tables that a user wants copied again while the others go on; answered by the next run.
ALTER TABLE task_table ADD resync_asked boolean NOT NULL DEFAULT false;

-- Counts what a run must begin anew for: another definition, a table to be copied again.
ALTER TABLE task ADD refreshes integer NOT NULL DEFAULT 0;
