-- The cluster in which a task stood before its restart, where its slot still is; null = it has a checkpoint, or none ever.
ALTER TABLE task ADD former_system_identifier text;
