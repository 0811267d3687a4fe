-- What a client's devices say of reminders: whether they may show any, since when one is no longer reached and why, and
-- the last test. `lost_hash` is the push address that was given up: it is not taken again.
CREATE TABLE device (
    login_id TEXT PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL,
    state TEXT,
    said_at BIGINT,
    lost_at BIGINT,
    lost_why TEXT,
    lost_hash {bytes},
    test_id TEXT,
    test_at BIGINT,
    test_shown_at BIGINT
);
CREATE INDEX device_by_client ON device (client_id);

-- A calendar that other programs may read by its address. The address itself is kept by nobody here.
CREATE TABLE calendar_feed (
    client_id TEXT PRIMARY KEY NOT NULL,
    token_hash {bytes} NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    read_at BIGINT
);
