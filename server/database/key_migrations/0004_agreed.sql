-- What a client agreed to last about who may see what, sealed: a copy of the database made before does not know it.
CREATE TABLE agreed (
    client_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    author TEXT NOT NULL,
    epoch TEXT NOT NULL,
    ord INTEGER NOT NULL,
    seq BIGINT NOT NULL,
    said {bytes} NOT NULL,
    PRIMARY KEY (client_id, record_id)
);
