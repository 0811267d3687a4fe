-- Of a delete or a take-back that came after a restore, the lost version that who ended it had seen: what was written after that one
-- is not over. Null: whatever was lost.
ALTER TABLE record ADD COLUMN over_at TEXT;
