-- Registered endpoints that tasks refer to by name.
CREATE TABLE connection (
    name       text        PRIMARY KEY,
    kind       text        NOT NULL CHECK (kind IN ('POSTGRESQL', 'ANALYTICDB_POSTGRESQL', 'KAFKA')),
    -- everything but the secrets
    settings   jsonb       NOT NULL,
    -- field -> Base64 of its ciphertext, bound to this connection and field
    secrets    jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- grows with every change; guards edits
    version    bigint      NOT NULL
);
