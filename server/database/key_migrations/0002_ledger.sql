-- The ledger: what must outlive a restore of the database, kept apart from it.

-- How far the database is known to have come: one that says less was put back.
CREATE TABLE high_water (
    name TEXT PRIMARY KEY NOT NULL,
    mark BIGINT NOT NULL
);

CREATE TABLE epoch (
    client_id TEXT NOT NULL,
    epoch TEXT NOT NULL,
    fork BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    ord INTEGER NOT NULL,
    PRIMARY KEY (client_id, epoch)
);

-- `state` is deleted, withdrawn, or shared (again, after it was withdrawn): the latest by `ord` and `seq` counts.
CREATE TABLE ended_record (
    client_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    state TEXT NOT NULL,
    ord INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, record_id)
);
CREATE INDEX ended_record_by_age ON ended_record (noted_at);

CREATE TABLE ended_login (
    id TEXT PRIMARY KEY NOT NULL,
    noted_at BIGINT NOT NULL
);
CREATE INDEX ended_login_by_age ON ended_login (noted_at);

CREATE TABLE erased_client (
    id TEXT PRIMARY KEY NOT NULL,
    noted_at BIGINT NOT NULL
);
