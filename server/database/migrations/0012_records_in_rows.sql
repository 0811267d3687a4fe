-- Records are longer than what a tree without rows is good at: it holds whole records in its upper levels, six to a page, so a
-- journal of years lies many pages deep. In rows, what is new goes to the end and only ids are looked up in a tree.
CREATE TABLE record_in_rows (
    client_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    schema INTEGER NOT NULL,
    audience TEXT NOT NULL,
    author TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq BIGINT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    felt_at BIGINT,
    zone TEXT,
    day TEXT,
    saved_at BIGINT NOT NULL,
    op_id TEXT NOT NULL,
    body {bytes},
    conflict_of TEXT,
    mac {bytes} NOT NULL,
    PRIMARY KEY (client_id, id)
);
INSERT INTO record_in_rows (client_id, id, kind, schema, audience, author, epoch, seq, deleted, felt_at, zone, day,
                            saved_at, op_id, body, conflict_of, mac)
SELECT client_id, id, kind, schema, audience, author, epoch, seq, deleted, felt_at, zone, day, saved_at, op_id, body,
       conflict_of, mac
FROM record ORDER BY client_id, seq;
DROP TABLE record;
ALTER TABLE record_in_rows RENAME TO record;
CREATE INDEX record_by_seq ON record (client_id, seq);
CREATE INDEX record_deleted ON record (saved_at) WHERE deleted = 1;
