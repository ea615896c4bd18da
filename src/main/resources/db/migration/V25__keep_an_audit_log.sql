-- Who changed or tried to change what, over REST or the console; kept longer than what it is about, so without references.
CREATE TABLE audit_entry (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    actor   text        NOT NULL,
    -- where the request came from
    address text        NOT NULL,
    -- method and path, or what else was done
    action  text        NOT NULL,
    -- the answer's; null for what was no request
    status  integer,
    -- what the path does not say
    detail  text
);

CREATE INDEX audit_entry_by_actor ON audit_entry (actor, id);
CREATE INDEX audit_entry_by_age ON audit_entry (at);
