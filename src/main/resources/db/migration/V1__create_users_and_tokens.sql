-- Who may sign in.
CREATE TABLE app_user (
    name          text        PRIMARY KEY,
    -- as Spring Security's delegating encoder writes it: {algorithm}hash
    password_hash text        NOT NULL,
    role          text        NOT NULL CHECK (role IN ('VIEWER', 'OPERATOR', 'ADMIN')),
    created_at    timestamptz NOT NULL
);

-- What programs sign in with, in place of a user's password.
CREATE TABLE api_token (
    id           uuid        PRIMARY KEY,
    user_name    text        NOT NULL REFERENCES app_user (name) ON DELETE CASCADE,
    name         text        NOT NULL,
    -- SHA-256 of the whole token: 256 random bits need no slow hash
    hash         bytea       NOT NULL UNIQUE,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    -- null = never
    expires_at   timestamptz,
    UNIQUE (user_name, name)
);
