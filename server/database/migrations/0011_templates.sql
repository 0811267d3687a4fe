-- Lists of exercises that a practice sets for many: for a group, or a programme of sessions. Nothing of a client is in them.
-- `items` is JSON; `rev` counts the changes, so that none is written over unseen.
CREATE TABLE template (
    id TEXT PRIMARY KEY NOT NULL,
    practice_id TEXT NOT NULL REFERENCES practice (id),
    name TEXT NOT NULL,
    items TEXT NOT NULL,
    rev BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX template_by_practice ON template (practice_id);
