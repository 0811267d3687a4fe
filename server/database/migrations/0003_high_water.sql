-- How far this database has come. The ledger, which is kept apart, knows it too: when it knows more, this one was put
-- back, by whatever means.
CREATE TABLE high_water (
    name TEXT PRIMARY KEY NOT NULL,
    mark BIGINT NOT NULL
);
