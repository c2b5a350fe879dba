-- What Workers Cache is to forget once more: what was read from KV soon after a change may have been the old text.
CREATE TABLE purge (
    -- Of the pages, or '*' for all.
    tag TEXT PRIMARY KEY,
    due_at INTEGER NOT NULL
) WITHOUT ROWID;
