-- The lost version that a delete or a take-back was the end of, where it came after a restore. Null: whatever was lost.
ALTER TABLE ended_record ADD COLUMN over_at TEXT;
