-- What the list of drafts shows beside their times. The drafts that are known are indexed anew, and no other
-- article is.

-- Who compiles the comments.
ALTER TABLE article ADD COLUMN consultation_unit TEXT;
-- The slug of the article with what was issued in the end.
ALTER TABLE article ADD COLUMN consultation_issued TEXT;

UPDATE document SET hash = '' WHERE slug IN (
    SELECT slug FROM article WHERE consultation_closes IS NOT NULL);
INSERT OR IGNORE INTO due (slug, found_at)
    SELECT slug, unixepoch() FROM article WHERE consultation_closes IS NOT NULL;
