-- What becomes of a submission: its state, its answer, what of it is public, and what must not come
-- back. Page ratings too. Times are seconds since 1970-01-01T00:00:00Z.
--
-- The rules that must hold whoever writes here (the Worker, or a person with SQL) are constraints here
-- and triggers in 0003: a submission is never deleted, moves through its states in order, and every step
-- leaves a line in `audit`.

ALTER TABLE identity RENAME TO identity_before;
ALTER TABLE submission RENAME TO submission_before;
DROP INDEX submission_by_time;

CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    -- SHA-256 of the receipt's code, in hexadecimal; the code itself is with its sender only.
    receipt_hash TEXT NOT NULL UNIQUE CHECK (length(receipt_hash) = 64),
    kind TEXT NOT NULL
        CHECK (kind IN ('gop-y', 'cau-hoi', 'bao-sai', 'phan-anh', 'gop-y-du-thao')),
    -- The slug of the article or draft it is about.
    about TEXT CHECK (about <> ''),
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    -- By which equal texts are found; empty where nothing is to be found.
    text_hash TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- Within how many days an answer was promised, and which days count; none for comments on
    -- drafts, which are answered together.
    answer_days INTEGER CHECK (answer_days > 0),
    answer_counts TEXT CHECK (answer_counts IN ('working', 'calendar')),
    -- Why it looks like spam, if it does. It is kept, and stays out of the way until someone looks.
    -- 'confirmed': somebody has looked, and it is spam.
    suspicion TEXT CHECK (suspicion IN ('honeypot', 'repeated', 'confirmed')),

    state TEXT NOT NULL DEFAULT 'received'
        CHECK (state IN ('received', 'passed_on', 'in_progress', 'answered', 'withdrawn')),
    -- To whom it was passed on.
    passed_to TEXT,
    answer TEXT,
    answered_at INTEGER CHECK (answered_at >= received_at),
    -- Who makes a change: named in the same UPDATE, written into audit, and emptied by a trigger so that
    -- the next change has to name somebody too.
    handled_by TEXT,

    CHECK (kind <> 'gop-y-du-thao' OR about IS NOT NULL),
    CHECK ((answer_days IS NULL) = (answer_counts IS NULL)),
    CHECK (text <> '' OR state = 'withdrawn'),
    CHECK (state <> 'withdrawn' OR (text = '' AND subject = '' AND text_hash = '')),
    CHECK (state <> 'withdrawn' OR coalesce(passed_to, answer, answered_at) IS NULL),
    CHECK (state <> 'passed_on' OR coalesce(passed_to, '') <> ''),
    CHECK (state <> 'answered' OR coalesce(answer, '') <> '')
) STRICT;

CREATE INDEX submission_by_time ON submission (received_at);
CREATE INDEX submission_by_text ON submission (text_hash, received_at);
CREATE INDEX submission_by_state ON submission (state, received_at);

INSERT INTO submission (id, receipt_hash, kind, about, subject, text, text_hash, received_at)
SELECT id, receipt_hash, kind, about, subject, text, '', received_at FROM submission_before;

-- Who sent it: in a table of its own, so that it can be erased and the submission kept.
CREATE TABLE identity (
    submission_id INTEGER PRIMARY KEY REFERENCES submission (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    consented_at INTEGER NOT NULL,
    -- From when the time counts for which it is kept: the answer, or the receipt of what looks like spam.
    -- A trigger keeps it so.
    kept_from INTEGER,
    -- Who corrects it at the sender's request; emptied like submission.handled_by.
    corrected_by TEXT
) STRICT;

CREATE INDEX identity_by_age ON identity (kept_from) WHERE kept_from IS NOT NULL;

INSERT INTO identity (submission_id, name, address, phone, email, consented_at)
SELECT submission_id, name, address, phone, email, consented_at FROM identity_before;

DROP TABLE identity_before;
DROP TABLE submission_before;

-- What everybody may read: a question and its answer as an editor released them, without anything
-- by which the sender could be known.
CREATE TABLE released (
    submission_id INTEGER PRIMARY KEY REFERENCES submission (id),
    subject TEXT NOT NULL CHECK (subject <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    category TEXT NOT NULL DEFAULT '',
    released_at INTEGER NOT NULL DEFAULT (unixepoch()),
    changed_at INTEGER NOT NULL DEFAULT (unixepoch()),
    -- Setting it to 1 takes the release back: the row goes.
    is_taken_back INTEGER NOT NULL DEFAULT 0 CHECK (is_taken_back IN (0, 1)),
    -- Who releases, changes or takes back; emptied like submission.handled_by.
    handled_by TEXT
) STRICT;

CREATE INDEX released_by_time ON released (released_at);
CREATE INDEX released_by_category ON released (category, released_at);

-- What must not come back, from a queue or from a backup: a withdrawn submission, an erased identity.
-- Writing a line here does the withdrawing or erasing.
CREATE TABLE tombstone (
    receipt_hash TEXT NOT NULL CHECK (length(receipt_hash) = 64),
    what TEXT NOT NULL CHECK (what IN ('submission', 'identity')),
    at INTEGER NOT NULL DEFAULT (unixepoch()),
    -- 'portal' where the time for which personal data is kept was over.
    who TEXT NOT NULL DEFAULT 'sender' CHECK (who <> ''),
    PRIMARY KEY (receipt_hash, what)
) STRICT;

-- Who did what, and when; never what was written. Each submission has at least the line of its coming, so
-- the reference keeps it from being replaced as well.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL DEFAULT (unixepoch()),
    submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE RESTRICT,
    what TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_submission ON audit (submission_id);

INSERT INTO audit (at, submission_id, what, who) SELECT received_at, id, 'received', 'sender' FROM submission;

-- "Thông tin này có ích không?"
CREATE TABLE rating (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    is_useful INTEGER NOT NULL CHECK (is_useful IN (0, 1)),
    remark TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL DEFAULT (unixepoch())
) STRICT;

CREATE INDEX rating_by_slug ON rating (slug, is_useful);
