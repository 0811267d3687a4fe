-- The zone a plan's occasions were worked out in: when the client's phone reports another, they are worked out anew.

ALTER TABLE plan ADD COLUMN zone TEXT;
