-- What citizens send. This database is the only copy: it is backed up, never rebuilt.
-- Times are seconds since 1970-01-01T00:00:00Z.

CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    -- SHA-256 of the receipt's code, in hexadecimal; the code itself is with its sender only.
    receipt_hash TEXT NOT NULL UNIQUE CHECK (length(receipt_hash) = 64),
    kind TEXT NOT NULL
        CHECK (kind IN ('gop-y', 'cau-hoi', 'bao-sai', 'phan-anh', 'gop-y-du-thao')),
    -- The slug of the article or draft it is about.
    about TEXT CHECK (about <> ''),
    subject TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    received_at INTEGER NOT NULL,
    CHECK (kind <> 'gop-y-du-thao' OR about IS NOT NULL)
) STRICT;

CREATE INDEX submission_by_time ON submission (received_at);

-- Who sent it: in a table of its own, so that it can be erased and the submission kept.
CREATE TABLE identity (
    submission_id INTEGER PRIMARY KEY REFERENCES submission (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    consented_at INTEGER NOT NULL
) STRICT;
