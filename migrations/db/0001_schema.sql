-- DB: what citizens send, and what the office does with it. This database is the only copy: it is backed up and never
-- rebuilt. Times are seconds since 1970-01-01T00:00:00Z.
--
-- The Worker, the tool `cong` and people with SQL all write here, so the rules are in the database: as constraints
-- where one row decides, as triggers where other rows or the value before matter.
--
-- Each statement that changes something names the person who does so in `handled_by` (for an identity in `corrected_by`).
-- A trigger writes the name into the audit trail and empties the column, so that the next change must name somebody too.
--
-- Tables come first, then indexes, views, and triggers by the table that they are on. Of several triggers for one event
-- SQLite runs the last one created first. Only the order of lines in `audit`, and which error comes first, depend on
-- that.


-- TABLES

-- Submissions and who sent them

CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    -- SHA-256 of the receipt's code, in hexadecimal; only the sender has the code itself.
    receipt_hash TEXT NOT NULL UNIQUE CHECK (length(receipt_hash) = 64),
    kind TEXT NOT NULL
        CHECK (kind IN ('gop-y', 'cau-hoi', 'bao-sai', 'phan-anh', 'gop-y-du-thao')),
    -- The slug of the article or draft it is about.
    about TEXT CHECK (about <> ''),
    -- As whom a comment on a draft was sent, and whether its sender asked that the name be shown with it.
    capacity TEXT CHECK (capacity IN ('individual', 'organisation')),
    is_named INTEGER NOT NULL DEFAULT 0 CHECK (is_named IN (0, 1)),
    subject TEXT NOT NULL,
    -- For comments on a draft, the names of the clauses; the comments themselves are in `comment`.
    text TEXT NOT NULL,
    -- Equal texts have equal hashes; empty where repetitions are not looked for.
    text_hash TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- Within how many days an answer was promised, and which days count. NULL for comments on drafts, which are
    -- answered together.
    answer_days INTEGER CHECK (answer_days > 0),
    answer_counts TEXT CHECK (answer_counts IN ('working', 'calendar')),
    -- Why it looks like spam; an editor decides. 'confirmed': the editor says that it is spam.
    suspicion TEXT CHECK (suspicion IN ('honeypot', 'repeated', 'confirmed')),

    state TEXT NOT NULL DEFAULT 'received'
        CHECK (state IN ('received', 'passed_on', 'in_progress', 'answered', 'withdrawn')),
    -- To whom it was passed on.
    passed_to TEXT,
    answer TEXT,
    answered_at INTEGER CHECK (answered_at >= received_at),
    handled_by TEXT,

    -- Subject, text and comments without accents, in lower case, for the editors' search. NULL until they are folded:
    -- the Worker's cron job does that after an INSERT by SQL, and after a comment came or went. Empty once the
    -- submission is withdrawn. The last column, because it is long and most queries do not read it.
    folded TEXT,

    CHECK (kind <> 'gop-y-du-thao' OR about IS NOT NULL),
    CHECK ((answer_days IS NULL) = (answer_counts IS NULL)),
    CHECK (text <> '' OR state = 'withdrawn'),
    CHECK (state <> 'withdrawn' OR (text = '' AND subject = '' AND text_hash = '')),
    CHECK (state <> 'withdrawn' OR coalesce(passed_to, answer, answered_at) IS NULL),
    CHECK (state <> 'passed_on' OR coalesce(passed_to, '') <> ''),
    CHECK (state <> 'answered' OR coalesce(answer, '') <> '')
) STRICT;

-- The sender of a submission, in a table of its own, so that it can be erased while the submission is kept.
CREATE TABLE identity (
    submission_id INTEGER PRIMARY KEY REFERENCES submission (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    consented_at INTEGER NOT NULL,
    -- The start of the period after which it is erased; NULL until that has begun. Triggers set it from the view
    -- identity_kept_from.
    kept_from INTEGER,
    -- The editor who corrects it at the sender's request.
    corrected_by TEXT
) STRICT;

-- Comments and consultations

-- One draft with comments or answers.
CREATE TABLE consultation (
    slug TEXT PRIMARY KEY,
    -- Submissions, without confirmed spam.
    received INTEGER NOT NULL DEFAULT 0,
    -- The number of these submissions that were withdrawn.
    withdrawn INTEGER NOT NULL DEFAULT 0,
    -- When the answers were released: all at once.
    answered_at INTEGER
) STRICT, WITHOUT ROWID;

-- One comment of a submission, about one clause of a draft.
CREATE TABLE comment (
    id INTEGER PRIMARY KEY,
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    -- Within its submission, from 1.
    position INTEGER NOT NULL CHECK (position > 0),
    slug TEXT NOT NULL,
    -- The id of the clause's heading, and how that read when the comment came; both empty for the whole draft.
    clause TEXT NOT NULL,
    clause_title TEXT NOT NULL,
    -- NULL once it was withdrawn or removed.
    text TEXT CHECK (text <> ''),
    -- The text that everybody may read, without passages that must not be public. NULL until it is released.
    public_text TEXT CHECK (public_text <> ''),
    released_at INTEGER,
    -- Whether the draft follows the comment: 'accepted' (it does), 'partly', or 'explained' (it does not, and the
    -- answer says why).
    decision TEXT CHECK (decision IN ('accepted', 'partly', 'explained')),
    answer TEXT CHECK (answer <> ''),
    -- Where the text of the draft was changed.
    changed TEXT CHECK (changed <> ''),
    -- The salts of the commitments in `ledger`. A salt is deleted together with its value.
    text_salt TEXT DEFAULT (lower(hex(randomblob(16)))),
    name_salt TEXT DEFAULT (lower(hex(randomblob(16)))),
    answer_salt TEXT,
    changed_salt TEXT,
    handled_by TEXT,

    UNIQUE (submission_id, position),
    CHECK ((clause = '') = (clause_title = '')),
    CHECK ((decision IS NULL) = (answer IS NULL)),
    CHECK (changed IS NULL OR decision IS NOT NULL)
) STRICT;

-- A row releases all answers of a draft at once. `released_at` may lie ahead: until then only the desk shows them, and
-- taking them back leaves no trace in the record, because their entries are not written before.
CREATE TABLE answers_released (
    slug TEXT PRIMARY KEY CHECK (slug <> ''),
    released_at INTEGER NOT NULL DEFAULT (unixepoch()),
    -- Set it to 1 to take the answers back; a trigger then deletes the row.
    is_taken_back INTEGER NOT NULL DEFAULT 0 CHECK (is_taken_back IN (0, 1)),
    handled_by TEXT
) STRICT, WITHOUT ROWID;

-- The record of a consultation

-- One entry for each comment, each released answer, and each value that was removed, in the order in which they came.
-- An entry holds no values, only commitments to salted values.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('comment', 'answer', 'removal')),
    comment_id INTEGER NOT NULL REFERENCES comment (id),
    -- For a removal: the entry it concerns, the removed field, and who asked for it.
    of_id INTEGER REFERENCES ledger (id),
    field TEXT CHECK (field IN ('text', 'name', 'answer', 'changed')),
    reason TEXT CHECK (reason IN ('sender', 'office')),
    -- When it was received, released or removed.
    at INTEGER NOT NULL,
    entered_at INTEGER NOT NULL DEFAULT (unixepoch()),
    -- The entry exactly as it is hashed, and its hash. NULL until the Worker has written them: with the comment itself,
    -- or in its next cron job for entries that triggers made.
    content TEXT,
    leaf TEXT CHECK (length(leaf) = 64),
    -- Its place in the record.
    seal_id INTEGER REFERENCES seal (id),
    position INTEGER,

    CHECK ((content IS NULL) = (leaf IS NULL)),
    CHECK ((seal_id IS NULL) = (position IS NULL)),
    CHECK (seal_id IS NULL OR leaf IS NOT NULL),
    CHECK ((kind = 'removal') = (of_id IS NOT NULL)),
    CHECK ((kind = 'removal') = (field IS NOT NULL)),
    CHECK ((kind = 'removal') = (reason IS NOT NULL))
) STRICT;

-- The entries of one day: the root of their Merkle tree, and the hash chain over all days up to this one.
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

-- Releases

-- A question and its answer as everybody may read them: released by an editor, without what tells who sent it.
CREATE TABLE released (
    submission_id INTEGER PRIMARY KEY REFERENCES submission (id),
    subject TEXT NOT NULL CHECK (subject <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    category TEXT NOT NULL DEFAULT '',
    released_at INTEGER NOT NULL DEFAULT (unixepoch()),
    changed_at INTEGER NOT NULL DEFAULT (unixepoch()),
    -- Set it to 1 to take the release back; a trigger then deletes the row.
    is_taken_back INTEGER NOT NULL DEFAULT 0 CHECK (is_taken_back IN (0, 1)),
    handled_by TEXT
) STRICT;

-- Tombstones

-- Inserting a tombstone erases, withdraws or takes back. It stays, so that nothing comes back from a queue or a backup:
-- `cong erasures` lists the tombstones, and `cong erasures apply` inserts those of its list after a restore.
--
-- For good:
--   submission         all of it
--   identity           who sent it
--   name               the name is not shown with the comments any more
--   comment 2          the text of its second comment
-- Up to the time in `at`, because it may become public again:
--   release            the question and its answer that were public
--   public comment 2   the public text of its second comment
CREATE TABLE tombstone (
    receipt_hash TEXT NOT NULL CHECK (length(receipt_hash) = 64),
    what TEXT NOT NULL CHECK (
        what IN ('submission', 'identity', 'name', 'release')
        OR what GLOB 'comment [1-9]*'
        OR what GLOB 'public comment [1-9]*'
    ),
    at INTEGER NOT NULL DEFAULT (unixepoch()),
    -- 'portal' where the period for which personal data is kept was over.
    who TEXT NOT NULL DEFAULT 'sender' CHECK (who <> ''),
    PRIMARY KEY (receipt_hash, what, at)
) STRICT;

-- Audit trails: who did what, and when; never what was written

-- With a submission. Each has at least the line of its receipt, so the reference also keeps it from being deleted.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL DEFAULT (unixepoch()),
    submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE RESTRICT,
    what TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT;

-- With a consultation as a whole.
CREATE TABLE consultation_audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL DEFAULT (unixepoch()),
    slug TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT;

-- At the desk, where it concerns no single submission and no single draft: an export, a requested sync, a restore.
CREATE TABLE desk_audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what <> ''),
    who TEXT NOT NULL CHECK (who <> '')
) STRICT;

-- Ratings: "Thông tin này có ích không?"

CREATE TABLE rating (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    is_useful INTEGER NOT NULL CHECK (is_useful IN (0, 1)),
    remark TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL DEFAULT (unixepoch())
) STRICT;

-- The daily message to editors

-- The day (in Viet Nam, such as 2026-11-25) of the last message that each channel got, or that was tried.
CREATE TABLE daily_message (
    channel TEXT PRIMARY KEY CHECK (channel IN ('webhook', 'email')),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    -- How often sending that day's message has begun. One that got no answer may have arrived all the same.
    tries INTEGER NOT NULL CHECK (tries > 0),
    is_told INTEGER NOT NULL DEFAULT 0 CHECK (is_told IN (0, 1))
) STRICT, WITHOUT ROWID;


-- INDEXES

CREATE INDEX submission_by_time ON submission (received_at);
CREATE INDEX submission_by_text ON submission (text_hash, received_at);
CREATE INDEX submission_by_state ON submission (state, received_at);
CREATE INDEX submission_by_draft ON submission (about) WHERE kind = 'gop-y-du-thao';
CREATE INDEX submission_to_fold ON submission (id) WHERE folded IS NULL;
-- On which days what waits for an answer of its own was received; from that follows when the answer is due.
CREATE INDEX submission_by_period ON submission (answer_days, answer_counts, received_at)
WHERE answer_days IS NOT NULL AND state IN ('received', 'passed_on', 'in_progress');

CREATE INDEX identity_by_age ON identity (kept_from) WHERE kept_from IS NOT NULL;

CREATE INDEX comment_by_clause ON comment (slug, clause, id);

CREATE INDEX ledger_by_comment ON ledger (comment_id, kind, id);
CREATE INDEX ledger_in_order ON ledger (seal_id, position) WHERE seal_id IS NOT NULL;
CREATE INDEX ledger_to_seal ON ledger (slug, id) WHERE seal_id IS NULL;
CREATE INDEX ledger_by_removed ON ledger (of_id, field) WHERE of_id IS NOT NULL;
CREATE INDEX ledger_to_write ON ledger (id) WHERE leaf IS NULL;

CREATE INDEX released_by_time ON released (released_at);
CREATE INDEX released_by_category ON released (category, released_at);

CREATE INDEX audit_by_submission ON audit (submission_id);
-- For the view partly_erased.
CREATE INDEX audit_of_parts ON audit (id)
WHERE what IN ('name no longer shown', 'release taken back', 'release changed')
    OR what GLOB 'comment [1-9]* text removed'
    OR what GLOB 'comment [1-9]* taken back'
    OR what GLOB 'comment [1-9]* released text changed';
CREATE INDEX consultation_audit_by_draft ON consultation_audit (slug, id);

CREATE INDEX rating_by_slug ON rating (slug, is_useful);


-- VIEWS

-- When the period began for which who sent a submission is kept: with the answer, its own or its draft's, or with the
-- receipt of what looks like spam.
CREATE VIEW identity_kept_from AS
SELECT id AS submission_id,
    coalesce(
        answered_at,
        iif(suspicion IS NULL, NULL, received_at),
        iif(kind = 'gop-y-du-thao', (SELECT c.answered_at FROM consultation AS c WHERE c.slug = about), NULL)
    ) AS kept_from
FROM submission;

-- The submissions that no editor has answered and no sender has withdrawn.
CREATE VIEW open_submission AS
SELECT id, kind, subject, received_at, answer_days, answer_counts, suspicion FROM submission
WHERE state IN ('received', 'passed_on', 'in_progress');

-- A submission as editors find it: a comment on a draft is answered once the draft's answers are public.
CREATE VIEW submission_listed AS
SELECT id, receipt_hash, kind, about, subject, text, folded, received_at, answer_days, answer_counts, suspicion,
    CASE WHEN suspicion IS NULL THEN 'none' WHEN suspicion = 'confirmed' THEN 'spam' ELSE 'flagged' END AS flag,
    passed_to, answer, answered_at, state AS own_state,
    iif(kind = 'gop-y-du-thao' AND state <> 'withdrawn' AND EXISTS (
        SELECT 1 FROM answers_released WHERE slug = about AND released_at <= unixepoch()
    ) AND NOT EXISTS (
        SELECT 1 FROM comment AS c
        WHERE c.submission_id = submission.id AND c.text IS NOT NULL AND c.decision IS NULL
    ), 'answered', state) AS state,
    -- Whether the public reads it, or an answer to it, with a draft; editors alone may then not declare it spam.
    kind = 'gop-y-du-thao' AND (
        EXISTS (SELECT 1 FROM answers_released WHERE slug = about)
        OR EXISTS (SELECT 1 FROM comment AS c WHERE c.submission_id = submission.id AND public_text IS NOT NULL)
    ) AS is_public_with_draft,
    -- Whether it has a comment that the released answers of its draft would show without an answer or a text.
    EXISTS (
        SELECT 1 FROM comment AS c JOIN answers_released USING (slug)
        WHERE c.submission_id = submission.id AND (decision IS NULL OR public_text IS NULL)
    ) AS lacks_released_answer
FROM submission;

-- The comments that count: all but those that were withdrawn or are confirmed spam. With what lists show of their
-- submissions.
CREATE VIEW visible_comment AS
SELECT c.id, submission_id, slug, clause, clause_title, c.text, public_text, decision, c.answer, changed,
    capacity, is_named, received_at, suspicion
FROM comment AS c JOIN submission AS s ON s.id = submission_id
WHERE state <> 'withdrawn' AND suspicion IS NOT 'confirmed';

-- Since when the public text of a comment has been public, by the audit trail.
CREATE VIEW comment_public_since AS
SELECT c.id AS comment_id, receipt_hash, 'public comment ' || position AS what, (
    SELECT max(a.at) FROM audit AS a
    WHERE a.submission_id = c.submission_id AND a.what GLOB 'comment ' || position || ' released*'
) AS since
FROM comment AS c JOIN submission ON submission.id = submission_id WHERE public_text IS NOT NULL;

-- Parts that were erased without a tombstone, by the audit trail. (A trigger that inserts the tombstone would nest
-- deeper than the ten triggers that D1 allows.)
CREATE VIEW partly_erased AS
SELECT audit.id AS audit_id, receipt_hash,
    CASE
        WHEN what = 'name no longer shown' THEN 'name'
        WHEN what GLOB 'release *' THEN 'release'
        WHEN what GLOB '* text removed' THEN replace(what, ' text removed', '')
        ELSE 'public ' || replace(replace(what, ' taken back', ''), ' released text changed', '')
    END AS what,
    at, who
FROM audit JOIN submission ON submission.id = submission_id
WHERE state <> 'withdrawn' AND (
    what IN ('name no longer shown', 'release taken back', 'release changed')
    OR what GLOB 'comment [1-9]* text removed'
    OR what GLOB 'comment [1-9]* taken back'
    OR what GLOB 'comment [1-9]* released text changed'
);

-- Data that was erased and is still there. Empty, unless somebody dropped a trigger.
CREATE VIEW erased_and_there AS
SELECT t.receipt_hash, t.what FROM (
    SELECT receipt_hash, what, at FROM tombstone
    UNION ALL SELECT receipt_hash, what, at FROM partly_erased
) AS t JOIN submission AS s USING (receipt_hash)
WHERE CASE
    WHEN t.what = 'submission' THEN
        s.state <> 'withdrawn' OR s.folded <> ''
        OR EXISTS (SELECT 1 FROM identity WHERE submission_id = s.id)
        OR EXISTS (SELECT 1 FROM released WHERE submission_id = s.id)
        OR EXISTS (
            SELECT 1 FROM comment AS c WHERE c.submission_id = s.id AND coalesce(
                c.text, public_text, c.answer, changed, text_salt, name_salt, answer_salt, changed_salt
            ) IS NOT NULL
        )
    WHEN t.what = 'identity' THEN EXISTS (SELECT 1 FROM identity WHERE submission_id = s.id)
    WHEN t.what = 'name' THEN s.is_named = 1
    WHEN t.what = 'release' THEN
        EXISTS (SELECT 1 FROM released WHERE submission_id = s.id AND changed_at < t.at)
    WHEN t.what GLOB 'comment *' THEN EXISTS (
        SELECT 1 FROM comment AS c
        WHERE c.submission_id = s.id AND 'comment ' || position = t.what AND c.text IS NOT NULL
    )
    ELSE EXISTS (
        SELECT 1 FROM comment_public_since AS p
        WHERE p.receipt_hash = s.receipt_hash AND p.what = t.what AND since < t.at
    )
END;


-- TRIGGERS

-- Submissions: what happens on receipt

CREATE TRIGGER submission_comes_with_a_line AFTER INSERT ON submission
BEGIN
    INSERT INTO audit (submission_id, what, who) VALUES (NEW.id, NEW.state, 'sender');
END;

-- Equal texts within a week: from the fourth on they are flagged.
CREATE TRIGGER submission_that_repeats_is_flagged AFTER INSERT ON submission
WHEN NEW.suspicion IS NULL
    AND NEW.text_hash <> ''
    AND (
        SELECT count(*) FROM (
            SELECT 1 FROM submission
            WHERE text_hash = NEW.text_hash AND received_at > NEW.received_at - 604800 LIMIT 4
        )
    ) > 3
BEGIN
    UPDATE submission SET suspicion = 'repeated', handled_by = 'portal' WHERE id = NEW.id;
END;

-- A tombstone may be there before its submission arrives from a queue.
CREATE TRIGGER withdrawn_stays_withdrawn AFTER INSERT ON submission
WHEN EXISTS (
    SELECT 1 FROM tombstone WHERE receipt_hash = NEW.receipt_hash AND what = 'submission'
)
BEGIN
    UPDATE submission
    SET state = 'withdrawn', subject = '', text = '', text_hash = '', passed_to = NULL, answer = NULL,
        answered_at = NULL, handled_by = 'portal'
    WHERE id = NEW.id AND state <> 'withdrawn';
END;

CREATE TRIGGER draft_comment_is_counted AFTER INSERT ON submission
WHEN NEW.kind = 'gop-y-du-thao'
BEGIN
    INSERT INTO consultation (slug, received) VALUES (NEW.about, 1)
        ON CONFLICT DO UPDATE SET received = received + 1;
END;

CREATE TRIGGER unnamed_stays_unnamed AFTER INSERT ON submission
WHEN NEW.is_named = 1
    AND EXISTS (SELECT 1 FROM tombstone WHERE receipt_hash = NEW.receipt_hash AND what = 'name')
BEGIN
    UPDATE submission SET is_named = 0, handled_by = 'portal' WHERE id = NEW.id;
END;

-- Submissions: what does not change

CREATE TRIGGER submission_is_never_deleted BEFORE DELETE ON submission
BEGIN
    SELECT raise(ABORT, 'a submission is never deleted; insert a tombstone to withdraw it');
END;

CREATE TRIGGER submission_keeps_what_it_is
BEFORE UPDATE OF id, receipt_hash, kind, about, answer_days, answer_counts ON submission
BEGIN
    SELECT raise(ABORT, 'what was sent, and by when an answer was promised, does not change');
END;

CREATE TRIGGER submission_keeps_what_was_sent BEFORE UPDATE OF subject, text ON submission
WHEN NEW.state <> 'withdrawn'
BEGIN
    SELECT raise(ABORT, 'what was sent does not change');
END;

-- A submission that waited in a queue may have been received before its copy that was stored first.
CREATE TRIGGER submission_is_received_once BEFORE UPDATE OF received_at ON submission
WHEN NEW.received_at > OLD.received_at
BEGIN
    SELECT raise(ABORT, 'the time of receipt does not move to a later one');
END;

CREATE TRIGGER submission_is_answered_once BEFORE UPDATE OF answered_at ON submission
WHEN OLD.answered_at IS NOT NULL AND NEW.answered_at IS NOT OLD.answered_at AND NEW.state = 'answered'
BEGIN
    SELECT raise(ABORT, 'the time of an answer does not change');
END;

-- Submissions: what may change, and how

CREATE TRIGGER submission_moves_in_order BEFORE UPDATE OF state ON submission
WHEN OLD.state <> NEW.state
    AND (OLD.state || '>' || NEW.state) NOT IN (
        'received>passed_on', 'received>in_progress', 'received>answered',
        'passed_on>in_progress', 'passed_on>answered',
        'in_progress>passed_on', 'in_progress>answered', 'answered>in_progress',
        'received>withdrawn', 'passed_on>withdrawn', 'in_progress>withdrawn', 'answered>withdrawn'
    )
BEGIN
    SELECT raise(ABORT, 'a submission does not go from this state to that one');
END;

CREATE TRIGGER submission_is_withdrawn_by_a_tombstone BEFORE UPDATE OF state ON submission
WHEN NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'
    AND NOT EXISTS (
        SELECT 1 FROM tombstone WHERE receipt_hash = NEW.receipt_hash AND what = 'submission'
    )
BEGIN
    SELECT raise(ABORT, 'insert a tombstone to withdraw a submission');
END;

CREATE TRIGGER submission_is_handled_by_somebody
BEFORE UPDATE OF state, passed_to, answer, answered_at, suspicion ON submission
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who makes this change: handled_by');
END;

-- To take an answer back, take back its release first.
CREATE TRIGGER submission_stays_answered_while_released BEFORE UPDATE OF state ON submission
WHEN OLD.state = 'answered' AND NEW.state = 'in_progress'
    AND EXISTS (SELECT 1 FROM released WHERE submission_id = NEW.id)
BEGIN
    SELECT raise(ABORT, 'take the release back first');
END;

CREATE TRIGGER submission_keeps_its_capacity BEFORE UPDATE OF capacity ON submission
WHEN NEW.capacity IS NOT OLD.capacity
BEGIN
    SELECT raise(ABORT, 'as whom something was sent does not change');
END;

CREATE TRIGGER submission_is_named_by_its_sender BEFORE UPDATE OF is_named ON submission
WHEN NEW.is_named > OLD.is_named
BEGIN
    SELECT raise(ABORT, 'only its sender can ask that the name be shown');
END;

CREATE TRIGGER submission_is_unnamed_by_somebody BEFORE UPDATE OF is_named ON submission
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who makes this change: handled_by');
END;

-- Submissions: what follows from a change

CREATE TRIGGER submission_forgets_who_handled_it AFTER UPDATE OF handled_by ON submission
WHEN NEW.handled_by IS NOT NULL
BEGIN
    UPDATE submission SET handled_by = NULL WHERE id = NEW.id;
END;

CREATE TRIGGER submission_gets_its_answer_time AFTER UPDATE OF state ON submission
WHEN NEW.state = 'answered' AND NEW.answered_at IS NULL
BEGIN
    UPDATE submission SET answered_at = unixepoch(), handled_by = NEW.handled_by WHERE id = NEW.id;
END;

CREATE TRIGGER submission_loses_its_answer AFTER UPDATE OF state ON submission
WHEN OLD.state = 'answered' AND NEW.state = 'in_progress'
BEGIN
    UPDATE submission SET answer = NULL, answered_at = NULL, handled_by = NEW.handled_by
    WHERE id = NEW.id;
END;

CREATE TRIGGER submission_receipt_time_is_audited AFTER UPDATE OF received_at ON submission
WHEN NEW.received_at <> OLD.received_at
BEGIN
    INSERT INTO audit (submission_id, what, who) VALUES (NEW.id, 'received earlier', 'portal');
END;

CREATE TRIGGER submission_state_is_audited AFTER UPDATE OF state ON submission
WHEN OLD.state <> NEW.state
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.id, 'state ' || OLD.state || ' > ' || NEW.state, NEW.handled_by);
END;

CREATE TRIGGER submission_passed_to_another_is_audited AFTER UPDATE OF passed_to ON submission
WHEN NEW.passed_to IS NOT OLD.passed_to
    AND NEW.state <> 'withdrawn'
    AND (NEW.state <> 'passed_on' OR OLD.state = 'passed_on')
BEGIN
    INSERT INTO audit (submission_id, what, who) VALUES (NEW.id, 'passed to another', NEW.handled_by);
END;

CREATE TRIGGER submission_suspicion_is_audited AFTER UPDATE OF suspicion ON submission
WHEN NEW.suspicion IS NOT OLD.suspicion
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.id,
        'suspicion ' || coalesce(OLD.suspicion, 'none') || ' > ' || coalesce(NEW.suspicion, 'none'),
        NEW.handled_by);
END;

CREATE TRIGGER submission_answer_is_audited AFTER UPDATE OF answer ON submission
WHEN NEW.answer IS NOT OLD.answer AND NEW.state <> 'withdrawn'
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.id, iif(NEW.answer IS NULL, 'answer removed', 'answer written'), NEW.handled_by);
END;

CREATE TRIGGER draft_comment_that_is_spam_is_not_counted AFTER UPDATE OF suspicion ON submission
WHEN NEW.kind = 'gop-y-du-thao'
    AND NEW.state <> 'withdrawn'
    AND (NEW.suspicion IS 'confirmed') <> (OLD.suspicion IS 'confirmed')
BEGIN
    UPDATE consultation SET received = received + iif(NEW.suspicion IS 'confirmed', -1, 1)
    WHERE slug = NEW.about;
END;

CREATE TRIGGER submission_unnaming_is_audited AFTER UPDATE OF is_named ON submission
WHEN NEW.is_named < OLD.is_named
BEGIN
    INSERT INTO audit (submission_id, what, who) VALUES (NEW.id, 'name no longer shown', NEW.handled_by);
END;

CREATE TRIGGER comments_are_withdrawn AFTER UPDATE OF state ON submission
WHEN NEW.kind = 'gop-y-du-thao' AND NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'
BEGIN
    UPDATE comment
    SET text = NULL, public_text = NULL, decision = NULL, answer = NULL, changed = NULL,
        name_salt = NULL, answer_salt = NULL, changed_salt = NULL, handled_by = NEW.handled_by
    WHERE submission_id = NEW.id;
    INSERT INTO consultation (slug, withdrawn)
        SELECT NEW.about, 1 WHERE NEW.suspicion IS NOT 'confirmed'
        ON CONFLICT DO UPDATE SET withdrawn = withdrawn + 1;
END;

CREATE TRIGGER identity_follows_its_submission AFTER UPDATE OF answered_at, suspicion ON submission
BEGIN
    UPDATE identity SET kept_from = (
        SELECT k.kept_from FROM identity_kept_from AS k WHERE k.submission_id = NEW.id
    )
    WHERE submission_id = NEW.id;
END;

CREATE TRIGGER folded_words_go_with_the_text AFTER UPDATE OF state ON submission
WHEN NEW.state = 'withdrawn' AND NEW.folded IS NOT ''
BEGIN
    UPDATE submission SET folded = '' WHERE id = NEW.id;
END;

-- The sender of a submission

CREATE TRIGGER identity_comes_once BEFORE INSERT ON identity
WHEN EXISTS (SELECT 1 FROM identity WHERE submission_id = NEW.submission_id)
BEGIN
    SELECT raise(IGNORE);
END;

-- A tombstone may be there before the submission arrives from a queue.
CREATE TRIGGER erased_stays_erased BEFORE INSERT ON identity
WHEN EXISTS (
    SELECT 1 FROM tombstone JOIN submission USING (receipt_hash)
    WHERE id = NEW.submission_id AND what IN ('submission', 'identity')
)
BEGIN
    SELECT raise(IGNORE);
END;

CREATE TRIGGER identity_stays_with_its_submission
BEFORE UPDATE OF submission_id, consented_at ON identity
BEGIN
    SELECT raise(ABORT, 'personal data belongs to its submission');
END;

CREATE TRIGGER identity_is_corrected_by_somebody BEFORE UPDATE OF name, address, phone, email ON identity
WHEN coalesce(NEW.corrected_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who corrects personal data: corrected_by');
END;

CREATE TRIGGER identity_correction_is_audited AFTER UPDATE OF corrected_by ON identity
WHEN NEW.corrected_by IS NOT NULL
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.submission_id, 'identity corrected', NEW.corrected_by);
    UPDATE identity SET corrected_by = NULL WHERE submission_id = NEW.submission_id;
END;

-- The record commits to the name as it was sent. When the name is corrected or erased, the salt of that commitment
-- goes.
CREATE TRIGGER name_leaves_the_record_when_corrected AFTER UPDATE OF name ON identity
WHEN NEW.name <> OLD.name
BEGIN
    UPDATE comment SET name_salt = NULL
    WHERE submission_id = NEW.submission_id AND name_salt IS NOT NULL;
END;

CREATE TRIGGER identity_gets_its_time AFTER INSERT ON identity
BEGIN
    UPDATE identity SET kept_from = (
        SELECT k.kept_from FROM identity_kept_from AS k WHERE k.submission_id = NEW.submission_id
    )
    WHERE submission_id = NEW.submission_id;
END;

CREATE TRIGGER identity_follows_its_draft AFTER UPDATE OF answered_at ON consultation
WHEN NEW.answered_at IS NOT OLD.answered_at
BEGIN
    UPDATE identity SET kept_from = (
        SELECT k.kept_from FROM identity_kept_from AS k WHERE k.submission_id = identity.submission_id
    )
    WHERE submission_id IN (SELECT id FROM submission WHERE kind = 'gop-y-du-thao' AND about = NEW.slug);
END;

CREATE TRIGGER identity_keeps_its_time BEFORE UPDATE OF kept_from ON identity
WHEN NEW.kept_from IS NOT (
    SELECT k.kept_from FROM identity_kept_from AS k WHERE k.submission_id = NEW.submission_id
)
BEGIN
    SELECT raise(ABORT, 'from when personal data is kept follows from its submission');
END;

-- Without a tombstone it would come back from a queue or a backup.
CREATE TRIGGER identity_is_erased_by_a_tombstone BEFORE DELETE ON identity
WHEN NOT EXISTS (
    SELECT 1 FROM tombstone JOIN submission USING (receipt_hash)
    WHERE id = OLD.submission_id AND what IN ('submission', 'identity')
)
BEGIN
    SELECT raise(ABORT, 'insert a tombstone to erase who sent a submission');
END;

CREATE TRIGGER name_leaves_the_record_when_erased AFTER DELETE ON identity
BEGIN
    UPDATE comment SET name_salt = NULL
    WHERE submission_id = OLD.submission_id AND name_salt IS NOT NULL;
END;

CREATE TRIGGER identity_erasure_is_audited AFTER DELETE ON identity
BEGIN
    INSERT INTO audit (submission_id, what, who)
    SELECT OLD.submission_id, 'identity erased', tombstone.who
    FROM tombstone JOIN submission USING (receipt_hash)
    WHERE submission.id = OLD.submission_id AND what IN ('submission', 'identity')
    ORDER BY tombstone.at DESC LIMIT 1;
END;

-- Comments: what happens on receipt

CREATE TRIGGER comment_belongs_to_a_submission_about_its_draft BEFORE INSERT ON comment
WHEN NOT EXISTS (
    SELECT 1 FROM submission
    WHERE id = NEW.submission_id AND kind = 'gop-y-du-thao' AND about = NEW.slug AND state <> 'withdrawn'
)
BEGIN
    SELECT raise(ABORT, 'a comment belongs to a submission about the same draft');
END;

CREATE TRIGGER folded_words_miss_a_new_comment AFTER INSERT ON comment
BEGIN
    UPDATE submission SET folded = NULL WHERE id = NEW.submission_id AND folded IS NOT NULL;
END;

-- A tombstone may be there before its comment arrives from a queue. Such a comment does not enter the record.
CREATE TRIGGER removed_stays_removed AFTER INSERT ON comment
WHEN EXISTS (
    SELECT 1 FROM submission JOIN tombstone USING (receipt_hash)
    WHERE submission.id = NEW.submission_id AND what = 'comment ' || NEW.position
)
BEGIN
    UPDATE comment SET text = NULL, handled_by = 'portal' WHERE id = NEW.id AND text IS NOT NULL;
END;

CREATE TRIGGER comment_enters_the_record AFTER INSERT ON comment
WHEN NOT EXISTS (
    SELECT 1 FROM submission JOIN tombstone USING (receipt_hash)
    WHERE submission.id = NEW.submission_id AND what = 'comment ' || NEW.position
)
BEGIN
    INSERT INTO ledger (slug, kind, comment_id, at)
    SELECT NEW.slug, 'comment', NEW.id, received_at FROM submission WHERE id = NEW.submission_id;
END;

-- Comments: what does not change

CREATE TRIGGER comment_is_never_deleted BEFORE DELETE ON comment
BEGIN
    SELECT raise(ABORT, 'a comment is never deleted; set its text to NULL to remove that');
END;

CREATE TRIGGER comment_keeps_what_it_is
BEFORE UPDATE OF id, submission_id, position, slug, clause, clause_title ON comment
BEGIN
    SELECT raise(ABORT, 'what was sent does not change');
END;

CREATE TRIGGER comment_keeps_what_was_sent BEFORE UPDATE OF text ON comment
WHEN NEW.text IS NOT NULL AND NEW.text IS NOT OLD.text
BEGIN
    SELECT raise(ABORT, 'what was sent does not change; it can only be removed');
END;

-- Comments: what may change, and what follows

CREATE TRIGGER comment_is_handled_by_somebody
BEFORE UPDATE OF text, public_text, decision, answer, changed ON comment
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who makes this change: handled_by');
END;

-- Released answers stay complete.
CREATE TRIGGER comment_stays_answered_while_released BEFORE UPDATE OF public_text, decision ON comment
WHEN (NEW.decision IS NULL OR NEW.public_text IS NULL)
    AND EXISTS (SELECT 1 FROM answers_released WHERE slug = NEW.slug)
    AND EXISTS (SELECT 1 FROM visible_comment WHERE id = NEW.id)
BEGIN
    SELECT raise(ABORT, 'the answers are released; take them back first');
END;

CREATE TRIGGER comment_forgets_who_handled_it AFTER UPDATE OF handled_by ON comment
WHEN NEW.handled_by IS NOT NULL
BEGIN
    UPDATE comment SET handled_by = NULL WHERE id = NEW.id;
END;

CREATE TRIGGER comment_release_gets_its_time AFTER UPDATE OF public_text ON comment
WHEN (NEW.public_text IS NULL) <> (OLD.public_text IS NULL)
BEGIN
    UPDATE comment SET released_at = iif(NEW.public_text IS NULL, NULL, unixepoch()) WHERE id = NEW.id;
END;

CREATE TRIGGER comment_release_is_audited AFTER UPDATE OF public_text ON comment
WHEN NEW.public_text IS NOT OLD.public_text
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.submission_id,
        'comment ' || NEW.position || CASE
            WHEN OLD.public_text IS NULL THEN ' released'
            WHEN NEW.public_text IS NULL THEN ' taken back'
            ELSE ' released text changed'
        END,
        NEW.handled_by);
END;

CREATE TRIGGER comment_answer_is_audited AFTER UPDATE OF decision, answer, changed ON comment
WHEN NEW.decision IS NOT OLD.decision OR NEW.answer IS NOT OLD.answer OR NEW.changed IS NOT OLD.changed
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.submission_id,
        'comment ' || NEW.position || CASE
            WHEN OLD.decision IS NULL THEN ' answered'
            WHEN NEW.decision IS NULL THEN ' answer removed'
            ELSE ' answer changed'
        END,
        NEW.handled_by);
END;

CREATE TRIGGER comment_removal_is_audited AFTER UPDATE OF text ON comment
WHEN NEW.text IS NULL AND OLD.text IS NOT NULL
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.submission_id, 'comment ' || NEW.position || ' text removed', NEW.handled_by);
    UPDATE comment SET text_salt = NULL WHERE id = NEW.id;
END;

-- Comments: what is removed leaves the record

-- With a value goes its salt, and an entry of kind 'removal' says so. An entry that is not written yet is deleted
-- instead.
CREATE TRIGGER comment_not_yet_in_the_record_leaves_it AFTER UPDATE OF text_salt ON comment
WHEN NEW.text_salt IS NULL AND OLD.text_salt IS NOT NULL
BEGIN
    DELETE FROM ledger WHERE comment_id = NEW.id AND kind = 'comment' AND leaf IS NULL;
    INSERT INTO ledger (slug, kind, comment_id, of_id, field, reason, at)
    SELECT slug, 'removal', comment_id, id, 'text', iif(EXISTS (
        SELECT 1 FROM submission JOIN tombstone USING (receipt_hash)
        WHERE submission.id = NEW.submission_id AND what = 'submission' AND who = 'sender'
    ), 'sender', 'office'), unixepoch()
    FROM ledger WHERE comment_id = NEW.id AND kind = 'comment';
END;

CREATE TRIGGER name_leaves_the_record AFTER UPDATE OF name_salt ON comment
WHEN NEW.name_salt IS NULL AND OLD.name_salt IS NOT NULL
BEGIN
    INSERT INTO ledger (slug, kind, comment_id, of_id, field, reason, at)
    SELECT slug, 'removal', comment_id, id, 'name', iif(EXISTS (
        SELECT 1 FROM submission JOIN tombstone USING (receipt_hash)
        WHERE submission.id = NEW.submission_id AND who = 'sender'
    ), 'sender', 'office'), unixepoch()
    FROM ledger WHERE comment_id = NEW.id AND kind = 'comment' AND leaf IS NOT NULL;
END;

CREATE TRIGGER answer_leaves_the_record AFTER UPDATE OF answer_salt ON comment
WHEN NEW.answer_salt IS NULL AND OLD.answer_salt IS NOT NULL
BEGIN
    DELETE FROM ledger WHERE comment_id = NEW.id AND kind = 'answer' AND leaf IS NULL;
    INSERT INTO ledger (slug, kind, comment_id, of_id, field, reason, at)
    SELECT entry.slug, 'removal', comment_id, entry.id, gone.value, iif(EXISTS (
        SELECT 1 FROM submission JOIN tombstone USING (receipt_hash)
        WHERE submission.id = NEW.submission_id AND what = 'submission' AND who = 'sender'
    ), 'sender', 'office'), unixepoch()
    FROM ledger AS entry, json_each('["answer", "changed"]') AS gone
    WHERE comment_id = NEW.id AND entry.kind = 'answer'
        AND NOT EXISTS (SELECT 1 FROM ledger AS removal WHERE removal.of_id = entry.id);
END;

CREATE TRIGGER folded_words_go_with_a_comment AFTER UPDATE OF text ON comment
WHEN NEW.text IS NULL AND OLD.text IS NOT NULL
BEGIN
    UPDATE submission SET folded = NULL WHERE id = NEW.submission_id AND state <> 'withdrawn';
END;

-- An answer that is changed while the release lies ahead becomes public with the others, and not before.
CREATE TRIGGER released_answer_is_changed AFTER UPDATE OF decision, answer, changed ON comment
WHEN NEW.decision IS NOT NULL
    AND (NEW.decision IS NOT OLD.decision OR NEW.answer IS NOT OLD.answer OR NEW.changed IS NOT OLD.changed)
    AND EXISTS (SELECT 1 FROM answers_released WHERE slug = NEW.slug)
BEGIN
    UPDATE comment SET answer_salt = NULL, changed_salt = NULL WHERE id = NEW.id;
    UPDATE comment
    SET answer_salt = lower(hex(randomblob(16))), changed_salt = lower(hex(randomblob(16)))
    WHERE id = NEW.id;
    INSERT INTO ledger (slug, kind, comment_id, at)
    SELECT slug, 'answer', NEW.id, max(released_at, unixepoch()) FROM answers_released WHERE slug = NEW.slug;
END;

-- The release of a draft's answers

CREATE TRIGGER answers_are_released_by_somebody BEFORE INSERT ON answers_released
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who releases this: handled_by');
END;

CREATE TRIGGER answers_are_released_whole BEFORE INSERT ON answers_released
WHEN EXISTS (
    SELECT 1 FROM visible_comment WHERE slug = NEW.slug AND (decision IS NULL OR public_text IS NULL)
)
BEGIN
    SELECT raise(ABORT, 'every comment needs its decision, its answer and its public_text first');
END;

CREATE TRIGGER answers_are_released_once BEFORE INSERT ON answers_released
WHEN EXISTS (SELECT 1 FROM answers_released WHERE slug = NEW.slug)
BEGIN
    SELECT raise(ABORT, 'the answers are released already');
END;

CREATE TRIGGER answers_enter_the_record AFTER INSERT ON answers_released
BEGIN
    INSERT INTO consultation (slug, answered_at) VALUES (NEW.slug, NEW.released_at)
        ON CONFLICT DO UPDATE SET answered_at = NEW.released_at;
    INSERT INTO consultation_audit (slug, what, who) VALUES (NEW.slug, 'answers released', NEW.handled_by);
    UPDATE comment
    SET answer_salt = lower(hex(randomblob(16))), changed_salt = lower(hex(randomblob(16)))
    WHERE slug = NEW.slug AND decision IS NOT NULL;
    INSERT INTO ledger (slug, kind, comment_id, at)
    SELECT slug, 'answer', id, NEW.released_at FROM comment
    WHERE slug = NEW.slug AND decision IS NOT NULL ORDER BY id;
    UPDATE answers_released SET handled_by = NULL WHERE slug = NEW.slug;
END;

CREATE TRIGGER released_answers_keep_what_they_are BEFORE UPDATE OF slug, released_at ON answers_released
BEGIN
    SELECT raise(ABORT, 'a release does not change; set is_taken_back to take it back');
END;

CREATE TRIGGER answers_are_taken_back_by_somebody BEFORE UPDATE OF is_taken_back ON answers_released
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who makes this change: handled_by');
END;

CREATE TRIGGER answers_are_taken_back AFTER UPDATE OF is_taken_back ON answers_released
WHEN NEW.is_taken_back = 1
BEGIN
    UPDATE consultation SET answered_at = NULL WHERE slug = NEW.slug;
    INSERT INTO consultation_audit (slug, what, who)
    VALUES (NEW.slug, 'answers taken back', NEW.handled_by);
    UPDATE comment SET answer_salt = NULL, changed_salt = NULL
    WHERE slug = NEW.slug AND answer_salt IS NOT NULL;
    DELETE FROM answers_released WHERE slug = NEW.slug;
END;

CREATE TRIGGER released_answers_are_taken_back BEFORE DELETE ON answers_released
WHEN OLD.is_taken_back = 0
BEGIN
    SELECT raise(ABORT, 'set is_taken_back, and handled_by, to take the answers back');
END;

-- The record does not change

CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
WHEN OLD.leaf IS NOT NULL
BEGIN
    SELECT raise(ABORT, 'the record does not change');
END;

CREATE TRIGGER ledger_keeps_what_it_is
BEFORE UPDATE OF id, slug, kind, comment_id, of_id, field, reason, at, entered_at ON ledger
BEGIN
    SELECT raise(ABORT, 'the record does not change');
END;

CREATE TRIGGER ledger_is_written_once BEFORE UPDATE OF content, leaf ON ledger
WHEN OLD.leaf IS NOT NULL
BEGIN
    SELECT raise(ABORT, 'the record does not change');
END;

CREATE TRIGGER ledger_is_sealed_once BEFORE UPDATE OF seal_id, position ON ledger
WHEN OLD.seal_id IS NOT NULL
BEGIN
    SELECT raise(ABORT, 'the record does not change');
END;

CREATE TRIGGER seal_is_never_changed BEFORE UPDATE ON seal
BEGIN
    SELECT raise(ABORT, 'the record does not change');
END;

CREATE TRIGGER seal_is_never_deleted BEFORE DELETE ON seal
BEGIN
    SELECT raise(ABORT, 'the record does not change');
END;

-- Releases

CREATE TRIGGER only_what_is_answered_is_released BEFORE INSERT ON released
WHEN NOT EXISTS (SELECT 1 FROM submission WHERE id = NEW.submission_id AND state = 'answered')
BEGIN
    SELECT raise(ABORT, 'only what is answered can be released');
END;

CREATE TRIGGER release_stays_with_its_submission BEFORE UPDATE OF submission_id ON released
BEGIN
    SELECT raise(ABORT, 'a release belongs to its submission');
END;

CREATE TRIGGER release_is_made_by_somebody BEFORE INSERT ON released
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who releases this: handled_by');
END;

CREATE TRIGGER release_is_changed_by_somebody
BEFORE UPDATE OF subject, text, answer, category, released_at, is_taken_back ON released
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who makes this change: handled_by');
END;

CREATE TRIGGER release_is_audited AFTER INSERT ON released
BEGIN
    INSERT INTO audit (submission_id, what, who) VALUES (NEW.submission_id, 'released', NEW.handled_by);
    UPDATE released SET handled_by = NULL WHERE submission_id = NEW.submission_id;
END;

CREATE TRIGGER release_change_is_audited
AFTER UPDATE OF subject, text, answer, category, released_at ON released
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.submission_id, 'release changed', NEW.handled_by);
    UPDATE released SET changed_at = unixepoch() WHERE submission_id = NEW.submission_id;
END;

CREATE TRIGGER release_forgets_who_handled_it AFTER UPDATE OF handled_by ON released
WHEN NEW.handled_by IS NOT NULL
BEGIN
    UPDATE released SET handled_by = NULL WHERE submission_id = NEW.submission_id;
END;

CREATE TRIGGER taking_back AFTER UPDATE OF is_taken_back ON released
WHEN NEW.is_taken_back = 1
BEGIN
    INSERT INTO audit (submission_id, what, who)
    VALUES (NEW.submission_id, 'release taken back', NEW.handled_by);
    DELETE FROM released WHERE submission_id = NEW.submission_id;
END;

CREATE TRIGGER release_is_taken_back BEFORE DELETE ON released
WHEN OLD.is_taken_back = 0
    AND NOT EXISTS (
        SELECT 1 FROM tombstone JOIN submission USING (receipt_hash)
        WHERE id = OLD.submission_id AND what = 'submission'
    )
BEGIN
    SELECT raise(ABORT, 'set is_taken_back, and handled_by, to take a release back');
END;

CREATE TRIGGER release_that_is_withdrawn_is_audited AFTER DELETE ON released
WHEN OLD.is_taken_back = 0
BEGIN
    INSERT INTO audit (submission_id, what, who)
    SELECT OLD.submission_id, 'release taken back', tombstone.who
    FROM tombstone JOIN submission USING (receipt_hash)
    WHERE submission.id = OLD.submission_id AND what = 'submission';
END;

-- Tombstones

CREATE TRIGGER tombstone_is_written_once BEFORE INSERT ON tombstone
WHEN EXISTS (
    SELECT 1 FROM tombstone
    WHERE receipt_hash = NEW.receipt_hash AND what = NEW.what
        AND (at >= NEW.at OR what IN ('submission', 'identity', 'name') OR what GLOB 'comment *')
)
BEGIN
    SELECT raise(IGNORE);
END;

CREATE TRIGGER tombstone_is_never_changed BEFORE UPDATE ON tombstone
BEGIN
    SELECT raise(ABORT, 'a tombstone does not change');
END;

CREATE TRIGGER tombstone_is_never_deleted BEFORE DELETE ON tombstone
BEGIN
    SELECT raise(ABORT, 'a tombstone stays, or what it erased could come back from a backup');
END;

CREATE TRIGGER withdrawing AFTER INSERT ON tombstone
WHEN NEW.what = 'submission'
BEGIN
    DELETE FROM released
    WHERE submission_id IN (SELECT id FROM submission WHERE receipt_hash = NEW.receipt_hash);
    DELETE FROM identity
    WHERE submission_id IN (SELECT id FROM submission WHERE receipt_hash = NEW.receipt_hash);
    UPDATE submission
    SET state = 'withdrawn', subject = '', text = '', text_hash = '', passed_to = NULL, answer = NULL,
        answered_at = NULL, handled_by = NEW.who
    WHERE receipt_hash = NEW.receipt_hash AND state <> 'withdrawn';
END;

CREATE TRIGGER erasing AFTER INSERT ON tombstone
WHEN NEW.what = 'identity'
BEGIN
    DELETE FROM identity
    WHERE submission_id IN (SELECT id FROM submission WHERE receipt_hash = NEW.receipt_hash);
END;

CREATE TRIGGER unnaming AFTER INSERT ON tombstone
WHEN NEW.what = 'name'
BEGIN
    UPDATE submission SET is_named = 0, handled_by = NEW.who
    WHERE receipt_hash = NEW.receipt_hash AND is_named = 1;
END;

CREATE TRIGGER removing AFTER INSERT ON tombstone
WHEN NEW.what GLOB 'comment *'
BEGIN
    UPDATE comment
    SET text = NULL, public_text = iif(public_text IS NULL, NULL, '[Đã gỡ theo yêu cầu.]'), handled_by = NEW.who
    WHERE submission_id IN (SELECT id FROM submission WHERE receipt_hash = NEW.receipt_hash)
        AND 'comment ' || position = NEW.what AND text IS NOT NULL;
END;

CREATE TRIGGER taking_back_a_release AFTER INSERT ON tombstone
WHEN NEW.what = 'release'
BEGIN
    UPDATE released SET is_taken_back = 1, handled_by = NEW.who
    WHERE submission_id IN (SELECT id FROM submission WHERE receipt_hash = NEW.receipt_hash)
        AND changed_at < NEW.at;
END;

-- Released answers show a text for every comment.
CREATE TRIGGER taking_back_a_public_comment AFTER INSERT ON tombstone
WHEN NEW.what GLOB 'public comment *'
BEGIN
    UPDATE comment
    SET public_text = iif(EXISTS (SELECT 1 FROM answers_released AS r WHERE r.slug = comment.slug), '[Đã gỡ.]', NULL),
        handled_by = NEW.who
    WHERE id IN (
        SELECT comment_id FROM comment_public_since
        WHERE receipt_hash = NEW.receipt_hash AND what = NEW.what AND since < NEW.at
    );
END;

-- The audit trails do not change

CREATE TRIGGER audit_is_written_once BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;

CREATE TRIGGER consultation_audit_is_never_changed BEFORE UPDATE ON consultation_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;

CREATE TRIGGER consultation_audit_is_never_deleted BEFORE DELETE ON consultation_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;

CREATE TRIGGER desk_audit_is_never_changed BEFORE UPDATE ON desk_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;

CREATE TRIGGER desk_audit_is_never_deleted BEFORE DELETE ON desk_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;
