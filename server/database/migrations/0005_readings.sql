-- How far a reader had come: everything shared at or below this number, at that time, was in front of them.
ALTER TABLE read_log ADD COLUMN epoch TEXT;
ALTER TABLE read_log ADD COLUMN seq BIGINT;
