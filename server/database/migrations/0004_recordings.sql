-- Recordings: an exercise, or one of its steps, read aloud by someone of the practice. `step` is empty for a whole one.
-- It counts once it is `whole`; until then its chunks are still arriving. What it was made for is in the clear, its sound is
-- sealed, chunk by chunk, under a key of its own.
CREATE TABLE recording (
    id TEXT PRIMARY KEY NOT NULL,
    practice_id TEXT NOT NULL REFERENCES practice (id),
    exercise TEXT NOT NULL,
    version INTEGER NOT NULL,
    locale TEXT NOT NULL,
    step TEXT NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL DEFAULT 0,
    whole INTEGER NOT NULL DEFAULT 0,
    added_by TEXT NOT NULL REFERENCES account (id),
    added_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX recording_of_words ON recording (practice_id, exercise, locale, step) WHERE whole = 1;

CREATE TABLE recording_chunk (
    recording_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    sealed {bytes} NOT NULL,
    PRIMARY KEY (recording_id, n)
);
