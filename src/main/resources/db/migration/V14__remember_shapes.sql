-- What the rows of a table looked like when that was last told to the readers of its topic, as JSON.
ALTER TABLE task_table ADD shape text;
