-- Whom a practice's clients can reach when it is hard: crisis lines that somebody of the practice called to check, and the
-- practice itself. A line without a number to call can't be kept. Text and chat are empty where there is none; `country` is
-- empty where a line is for everyone. Days are ISO dates.
CREATE TABLE crisis_line (
    id TEXT PRIMARY KEY NOT NULL,
    practice_id TEXT NOT NULL REFERENCES practice (id),
    name TEXT NOT NULL,
    number TEXT NOT NULL CHECK (number <> ''),
    sms TEXT NOT NULL DEFAULT '',
    chat TEXT NOT NULL DEFAULT '',
    hours TEXT NOT NULL,
    country TEXT NOT NULL DEFAULT '',
    checked_on TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX crisis_line_by_practice ON crisis_line (practice_id, added_at);

-- How to reach the therapist, and when: in the practice's own words. Number and mail are empty where there is none.
CREATE TABLE practice_contact (
    practice_id TEXT PRIMARY KEY NOT NULL REFERENCES practice (id),
    words TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    mail TEXT NOT NULL DEFAULT ''
);
