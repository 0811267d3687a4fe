-- Of a delete or a take-back that came after a restore, the lost version that who ended it had seen: what was written after that one
-- is not over. Null: whatever was lost.
ALTER TABLE record ADD COLUMN over_at TEXT;
-- Whether the text that was there when it was taken back is one that who took it back had not seen.
ALTER TABLE record ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;
