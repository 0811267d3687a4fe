-- Which epoch each one goes on from: after a copy that was too old the right one may be put back, and goes on from before
-- the one between. Until now there was only the one before.
ALTER TABLE epoch ADD COLUMN parent TEXT;
UPDATE epoch SET parent = (
    SELECT earlier.epoch FROM epoch AS earlier WHERE earlier.client_id = epoch.client_id AND earlier.ord < epoch.ord
    ORDER BY earlier.ord DESC LIMIT 1
);
