-- The group of a node, whose tasks it runs.
ALTER TABLE node ADD worker_group text NOT NULL DEFAULT 'default';
