-- Drafts open for comment: comments by clause, the office's answers, and the record of both, from which
-- nothing can be taken without a trace. Times are seconds since 1970-01-01T00:00:00Z.
--
-- The rules are constraints here and triggers in 0005.

-- As whom a comment on a draft was sent.
ALTER TABLE submission ADD COLUMN capacity TEXT CHECK (capacity IN ('individual', 'organisation'));
-- Whether its sender asked that the name be shown with it.
ALTER TABLE submission ADD COLUMN is_named INTEGER NOT NULL DEFAULT 0 CHECK (is_named IN (0, 1));

CREATE INDEX submission_by_draft ON submission (about, answered_at) WHERE kind = 'gop-y-du-thao';

-- One draft with comments or answers.
CREATE TABLE consultation (
    slug TEXT PRIMARY KEY,
    -- Submissions, without those that turned out to be spam.
    received INTEGER NOT NULL DEFAULT 0,
    -- Of them, those that their senders took back.
    withdrawn INTEGER NOT NULL DEFAULT 0,
    -- When the answers were released: all at once.
    answered_at INTEGER
) STRICT, WITHOUT ROWID;

-- What a submission says about one clause. `submission.text` only names the clauses.
CREATE TABLE comment (
    id INTEGER PRIMARY KEY,
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    -- Within its submission, from 1.
    position INTEGER NOT NULL CHECK (position > 0),
    slug TEXT NOT NULL,
    -- The id of the clause's heading, and how it read when the comment came; both empty for the whole draft.
    clause TEXT NOT NULL,
    clause_title TEXT NOT NULL,
    -- NULL once it was withdrawn, or had to be removed.
    text TEXT CHECK (text <> ''),
    -- What everybody may read: the text, without what must not be public. NULL until it is released.
    public_text TEXT CHECK (public_text <> ''),
    released_at INTEGER,
    -- accepted: the draft follows the comment; partly: in part; explained: it does not, and why.
    decision TEXT CHECK (decision IN ('accepted', 'partly', 'explained')),
    answer TEXT CHECK (answer <> ''),
    -- Where the text was changed.
    changed TEXT CHECK (changed <> ''),
    -- The salts of the commitments in `ledger`; each goes with its value.
    text_salt TEXT DEFAULT (lower(hex(randomblob(16)))),
    name_salt TEXT DEFAULT (lower(hex(randomblob(16)))),
    answer_salt TEXT,
    changed_salt TEXT,
    -- Who makes a change; emptied like submission.handled_by.
    handled_by TEXT,

    UNIQUE (submission_id, position),
    CHECK ((clause = '') = (clause_title = '')),
    CHECK ((decision IS NULL) = (answer IS NULL)),
    CHECK (changed IS NULL OR decision IS NOT NULL)
) STRICT;

CREATE INDEX comment_by_clause ON comment (slug, clause, id);

-- Inserting a draft here releases all its answers at once.
CREATE TABLE answers_released (
    slug TEXT PRIMARY KEY CHECK (slug <> ''),
    released_at INTEGER NOT NULL DEFAULT (unixepoch()),
    -- Setting it to 1 takes the release back: the row goes.
    is_taken_back INTEGER NOT NULL DEFAULT 0 CHECK (is_taken_back IN (0, 1)),
    handled_by TEXT
) STRICT, WITHOUT ROWID;

-- Who did what with a consultation as a whole, and when.
CREATE TABLE consultation_audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL DEFAULT (unixepoch()),
    slug TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT;

-- The record: one entry for each comment, each released answer, and each value that was removed, in the
-- order in which they came. An entry holds no value, only commitments to salted values.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('comment', 'answer', 'removal')),
    comment_id INTEGER NOT NULL REFERENCES comment (id),
    -- Of a removal: the entry, which of its fields, and at whose wish.
    of_id INTEGER REFERENCES ledger (id),
    field TEXT CHECK (field IN ('text', 'name', 'answer', 'changed')),
    reason TEXT CHECK (reason IN ('sender', 'office')),
    -- When it was received, released or removed.
    at INTEGER NOT NULL,
    entered_at INTEGER NOT NULL DEFAULT (unixepoch()),
    -- The entry itself, exactly as it is hashed, and its hash. What SQL wrote gets both within minutes.
    content TEXT,
    leaf TEXT CHECK (length(leaf) = 64),
    -- Where it stands in the record.
    seal_id INTEGER REFERENCES seal (id),
    position INTEGER,

    CHECK ((content IS NULL) = (leaf IS NULL)),
    CHECK ((seal_id IS NULL) = (position IS NULL)),
    CHECK (seal_id IS NULL OR leaf IS NOT NULL),
    CHECK ((kind = 'removal') = (of_id IS NOT NULL)),
    CHECK ((kind = 'removal') = (field IS NOT NULL)),
    CHECK ((kind = 'removal') = (reason IS NOT NULL))
) STRICT;

CREATE INDEX ledger_by_comment ON ledger (comment_id, kind, id);
CREATE INDEX ledger_in_order ON ledger (seal_id, position) WHERE seal_id IS NOT NULL;
CREATE INDEX ledger_to_seal ON ledger (slug, id) WHERE seal_id IS NULL;
CREATE INDEX ledger_by_removed ON ledger (of_id, field) WHERE of_id IS NOT NULL;
CREATE INDEX ledger_to_write ON ledger (id) WHERE leaf IS NULL;

-- The entries of a day, closed: the root of their tree, and the chain of all days up to it.
CREATE TABLE seal (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    -- In Viet Nam: 2026-11-25.
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    size INTEGER NOT NULL CHECK (size > 0),
    root TEXT NOT NULL CHECK (length(root) = 64),
    chain TEXT NOT NULL CHECK (length(chain) = 64),
    UNIQUE (slug, day)
) STRICT;

-- Comments that came before there were clauses are about the whole draft.
INSERT INTO consultation (slug, received, withdrawn)
SELECT about, count(*), sum(state = 'withdrawn')
FROM submission WHERE kind = 'gop-y-du-thao' AND suspicion IS NOT 'confirmed' GROUP BY about;

INSERT INTO comment (submission_id, position, slug, clause, clause_title, text)
SELECT id, 1, about, '', '', text FROM submission WHERE kind = 'gop-y-du-thao' AND state <> 'withdrawn';

INSERT INTO ledger (slug, kind, comment_id, at)
SELECT slug, 'comment', comment.id, received_at
FROM comment JOIN submission ON submission.id = submission_id ORDER BY comment.id;
