-- Lifetimes and bounds. Tombstones are few beside the living: an index of them alone finds the old ones and costs a
-- live record nothing.
CREATE INDEX record_deleted ON record (saved_at) WHERE deleted = 1;

-- Up to this number of its counter a journal is known to have room: its records are counted only past it.
ALTER TABLE client ADD COLUMN room BIGINT NOT NULL DEFAULT 200000;

-- What is done once a day, by one node: `begun_at` is when somebody last took it on.
CREATE TABLE chore (
    name TEXT PRIMARY KEY NOT NULL,
    begun_at BIGINT NOT NULL
);
