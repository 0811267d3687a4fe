-- Exercises that a practice wrote itself: the two texts as they are now, of the version they are or will be. `draft` is 1
-- while that version is still being written. `rev` counts the changes, so that nobody's is written over unseen. One that
-- is `retired` is in no list, and what was set of it stays.
CREATE TABLE own_exercise (
    id TEXT PRIMARY KEY NOT NULL,
    practice_id TEXT NOT NULL REFERENCES practice (id),
    structure TEXT NOT NULL,
    words TEXT NOT NULL,
    rev INTEGER NOT NULL,
    version INTEGER NOT NULL,
    draft INTEGER NOT NULL DEFAULT 1,
    retired INTEGER NOT NULL DEFAULT 0,
    changed_by TEXT NOT NULL REFERENCES account (id),
    changed_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX own_exercise_by_practice ON own_exercise (practice_id, created_at);

-- Its published versions, as they were for ever: runs and approvals speak of them.
CREATE TABLE own_edition (
    exercise_id TEXT NOT NULL REFERENCES own_exercise (id),
    version INTEGER NOT NULL,
    structure TEXT NOT NULL,
    words TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES account (id),
    published_at BIGINT NOT NULL,
    PRIMARY KEY (exercise_id, version)
);
