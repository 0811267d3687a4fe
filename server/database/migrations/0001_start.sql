-- The start. Ids are TEXT, times BIGINT (UTC epoch milliseconds), flags 0 or 1.
-- Tables of people have foreign keys; the hot tables of the journal and of reminders have none.

CREATE TABLE practice (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- `name` is what is typed at sign-in, kept in lower case.
CREATE TABLE account (
    id TEXT PRIMARY KEY NOT NULL,
    practice_id TEXT NOT NULL REFERENCES practice (id),
    role TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    password_hash TEXT,
    disabled INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE INDEX account_by_practice ON account (practice_id);

-- `seq` is the counter of the journal; `floor` is the revision below which tombstones were dropped.
CREATE TABLE client (
    id TEXT PRIMARY KEY NOT NULL,
    practice_id TEXT NOT NULL REFERENCES practice (id),
    name_sealed {bytes} NOT NULL,
    epoch TEXT NOT NULL,
    seq BIGINT NOT NULL DEFAULT 0,
    floor BIGINT NOT NULL DEFAULT 0,
    zone TEXT,
    created_at BIGINT NOT NULL,
    joined_at BIGINT,
    active_at BIGINT
);
CREATE INDEX client_by_practice ON client (practice_id);

-- Live while `until` is empty.
CREATE TABLE relationship (
    client_id TEXT NOT NULL REFERENCES client (id),
    therapist_id TEXT NOT NULL REFERENCES account (id),
    since BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (client_id, therapist_id)
);
CREATE INDEX relationship_by_therapist ON relationship (therapist_id, client_id);

CREATE TABLE invite (
    id TEXT PRIMARY KEY NOT NULL,
    client_id TEXT REFERENCES client (id),
    account_id TEXT REFERENCES account (id),
    practice_id TEXT NOT NULL REFERENCES practice (id),
    made_by TEXT NOT NULL,
    secret_hash {bytes} NOT NULL UNIQUE,
    code_selector TEXT,
    code_hash {bytes},
    code_expires_at BIGINT,
    tries INTEGER NOT NULL DEFAULT 0,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    used_login TEXT,
    revoked_at BIGINT
);
CREATE INDEX invite_by_code ON invite (code_selector);
CREATE INDEX invite_by_client ON invite (client_id, created_at);
CREATE INDEX invite_by_account ON invite (account_id);

-- `person_id` is a client or an account, as `role` says.
CREATE TABLE login (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash {bytes} NOT NULL UNIQUE,
    role TEXT NOT NULL,
    person_id TEXT NOT NULL,
    practice_id TEXT NOT NULL REFERENCES practice (id),
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX login_by_person ON login (person_id, created_at);

CREATE TABLE attempt (
    key TEXT PRIMARY KEY NOT NULL,
    window_start BIGINT NOT NULL,
    tries INTEGER NOT NULL
);

CREATE TABLE epoch (
    client_id TEXT NOT NULL,
    epoch TEXT NOT NULL,
    fork BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    ord INTEGER NOT NULL,
    PRIMARY KEY (client_id, epoch)
);

CREATE TABLE record (
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
) {clustered};
CREATE INDEX record_by_seq ON record (client_id, seq);

CREATE TABLE version (
    client_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq BIGINT NOT NULL,
    schema INTEGER NOT NULL,
    audience TEXT NOT NULL,
    author TEXT NOT NULL,
    felt_at BIGINT,
    zone TEXT,
    day TEXT,
    saved_at BIGINT NOT NULL,
    op_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body {bytes},
    PRIMARY KEY (client_id, record_id, epoch, seq)
);

CREATE TABLE op (
    client_id TEXT NOT NULL,
    author TEXT NOT NULL,
    id TEXT NOT NULL,
    mac {bytes} NOT NULL,
    status TEXT NOT NULL,
    rev TEXT,
    copy TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, author, id)
) {clustered};

CREATE TABLE read_log (
    client_id TEXT NOT NULL,
    reader_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    what TEXT NOT NULL
);
CREATE INDEX read_log_by_client ON read_log (client_id, at);

CREATE TABLE approval (
    practice_id TEXT NOT NULL REFERENCES practice (id),
    exercise TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (practice_id, exercise, version)
);

-- `zone` is the one its occasions were worked out in: when the phone reports another, they are worked out anew.
CREATE TABLE plan (
    client_id TEXT NOT NULL,
    id TEXT NOT NULL,
    dirty INTEGER NOT NULL DEFAULT 1,
    expanded_until BIGINT NOT NULL DEFAULT 0,
    zone TEXT,
    PRIMARY KEY (client_id, id)
);
CREATE INDEX plan_to_expand ON plan (dirty, expanded_until);

CREATE TABLE done (
    client_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    day TEXT NOT NULL,
    slot INTEGER NOT NULL,
    PRIMARY KEY (client_id, plan_id, day, slot)
);

-- `state` is planned, claimed, sent, done, skipped, expired or failed.
CREATE TABLE occasion (
    id TEXT PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    day TEXT NOT NULL,
    slot INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    line INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    lease_until BIGINT,
    attempts INTEGER NOT NULL DEFAULT 0,
    claimed_by TEXT,
    UNIQUE (client_id, plan_id, day, slot)
);
CREATE INDEX occasion_due ON occasion (state, due_at);

CREATE TABLE subscription (
    id TEXT PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL,
    login_id TEXT NOT NULL,
    endpoint_hash {bytes} NOT NULL UNIQUE,
    sealed {bytes} NOT NULL,
    vapid_kid TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    accepted_at BIGINT,
    failed_at BIGINT,
    reason TEXT
);
CREATE INDEX subscription_by_client ON subscription (client_id);
CREATE INDEX subscription_by_login ON subscription (login_id);

CREATE TABLE delivery (
    occasion_id TEXT NOT NULL,
    subscription_id TEXT NOT NULL,
    state TEXT NOT NULL,
    status INTEGER,
    reason TEXT,
    sent_at BIGINT,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (occasion_id, subscription_id)
);
