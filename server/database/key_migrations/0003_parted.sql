-- Who no longer accompanies whom, and who may no longer sign in: a copy of the database made before does not know it.
CREATE TABLE parted (
    client_id TEXT NOT NULL,
    therapist_id TEXT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, therapist_id)
);
CREATE INDEX parted_by_age ON parted (noted_at);

CREATE TABLE disabled_account (
    id TEXT PRIMARY KEY NOT NULL,
    noted_at BIGINT NOT NULL
);
