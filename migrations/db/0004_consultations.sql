-- What is known of a draft's comments: one row for each draft that has comments or released answers.
CREATE TABLE consultation (
    slug TEXT PRIMARY KEY,
    -- Comments received, the withdrawn among them.
    received INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    -- When the answers were released.
    answered_at INTEGER
) STRICT, WITHOUT ROWID;
