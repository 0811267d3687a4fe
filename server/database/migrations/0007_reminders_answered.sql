-- What the phone says of a reminder: that it was shown, that the app was opened from it, that it was put off.
ALTER TABLE occasion ADD COLUMN opened_at BIGINT;
ALTER TABLE occasion ADD COLUMN snoozed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN shown_at BIGINT;
ALTER TABLE subscription ADD COLUMN shown_at BIGINT;
