-- The keys that encrypt secrets, themselves encrypted with the master key; one row, shared by all replicas.
CREATE TABLE keyset (
    id         integer     PRIMARY KEY CHECK (id = 1),
    encrypted  bytea       NOT NULL,
    created_at timestamptz NOT NULL
);
