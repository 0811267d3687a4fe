-- How an accompaniment began and ended. `asked` is the id of the question the client answers on their phone: what may the
-- one who comes now see? Empty: they joined with this therapist, and there was nothing to ask. `ended_how` is ended or
-- handed-over, `ended_as` the id of the step that ended it: the same step twice is one.
ALTER TABLE relationship ADD COLUMN asked TEXT;
ALTER TABLE relationship ADD COLUMN ended_how TEXT;
ALTER TABLE relationship ADD COLUMN ended_as TEXT;

-- Somebody of the practice may look at numbers and codes of a client, if the client agrees, until a time. What the client
-- said is in their journal.
CREATE TABLE supervision (
    id TEXT PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id),
    therapist_id TEXT NOT NULL REFERENCES account (id),
    supervisor_id TEXT NOT NULL REFERENCES account (id),
    asked_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX supervision_by_client ON supervision (client_id, asked_at);
CREATE INDEX supervision_by_supervisor ON supervision (supervisor_id);

-- From which day on a reader was shown anything; empty where that was all.
ALTER TABLE read_log ADD COLUMN since_day TEXT;
