-- Keys, apart from the data: destroying a client's key erases the client in every old backup of the data too.

CREATE TABLE client_key (
    client_id TEXT PRIMARY KEY NOT NULL,
    kid TEXT NOT NULL,
    wrapped {bytes} NOT NULL,
    master_kid TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE vapid_key (
    kid TEXT PRIMARY KEY NOT NULL,
    wrapped {bytes} NOT NULL,
    public TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    retired_at BIGINT
);

CREATE TABLE secret (
    name TEXT PRIMARY KEY NOT NULL,
    wrapped {bytes} NOT NULL
);
