-- Everything that is erased, withdrawn or taken back can be done again after a restore: `cong erasures` lists it, and
-- `cong erasures apply` inserts the tombstones of the list. Until now only whole submissions and identities had them.

CREATE TABLE tombstone_before (receipt_hash TEXT, what TEXT, at INTEGER, who TEXT);
INSERT INTO tombstone_before SELECT receipt_hash, what, at, who FROM tombstone ORDER BY rowid;
DROP TABLE tombstone;

-- For good:
--   submission         all of it
--   identity           who sent it
--   name               it is not shown with the comments any more
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
    -- 'portal' where the time for which personal data is kept was over.
    who TEXT NOT NULL DEFAULT 'sender' CHECK (who <> ''),
    PRIMARY KEY (receipt_hash, what, at)
) STRICT;

INSERT INTO tombstone SELECT receipt_hash, what, at, who FROM tombstone_before ORDER BY rowid;
DROP TABLE tombstone_before;

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

-- What a tombstone does to what is there

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

-- When what is public of a comment became so.
CREATE VIEW comment_public_since AS
SELECT c.id AS comment_id, receipt_hash, 'public comment ' || position AS what, (
    SELECT max(a.at) FROM audit AS a
    WHERE a.submission_id = c.submission_id AND a.what GLOB 'comment ' || position || ' released*'
) AS since
FROM comment AS c JOIN submission ON submission.id = submission_id WHERE public_text IS NOT NULL;

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

-- What obeys a tombstone when it comes later, from a queue: an identity as in 0003, and these

CREATE TRIGGER unnamed_stays_unnamed AFTER INSERT ON submission
WHEN NEW.is_named = 1
    AND EXISTS (SELECT 1 FROM tombstone WHERE receipt_hash = NEW.receipt_hash AND what = 'name')
BEGIN
    UPDATE submission SET is_named = 0, handled_by = 'portal' WHERE id = NEW.id;
END;

CREATE TRIGGER removed_stays_removed AFTER INSERT ON comment
WHEN EXISTS (
    SELECT 1 FROM submission JOIN tombstone USING (receipt_hash)
    WHERE submission.id = NEW.submission_id AND what = 'comment ' || NEW.position
)
BEGIN
    UPDATE comment SET text = NULL, handled_by = 'portal' WHERE id = NEW.id AND text IS NOT NULL;
END;

DROP TRIGGER comment_enters_the_record;

CREATE TRIGGER comment_enters_the_record AFTER INSERT ON comment
WHEN NOT EXISTS (
    SELECT 1 FROM submission JOIN tombstone USING (receipt_hash)
    WHERE submission.id = NEW.submission_id AND what = 'comment ' || NEW.position
)
BEGIN
    INSERT INTO ledger (slug, kind, comment_id, at)
    SELECT NEW.slug, 'comment', NEW.id, received_at FROM submission WHERE id = NEW.submission_id;
END;

-- Only two kinds erase who sent it

DROP TRIGGER identity_is_erased_by_a_tombstone;

CREATE TRIGGER identity_is_erased_by_a_tombstone BEFORE DELETE ON identity
WHEN NOT EXISTS (
    SELECT 1 FROM tombstone JOIN submission USING (receipt_hash)
    WHERE id = OLD.submission_id AND what IN ('submission', 'identity')
)
BEGIN
    SELECT raise(ABORT, 'insert a tombstone to erase who sent a submission');
END;

DROP TRIGGER identity_erasure_is_audited;

CREATE TRIGGER identity_erasure_is_audited AFTER DELETE ON identity
BEGIN
    INSERT INTO audit (submission_id, what, who)
    SELECT OLD.submission_id, 'identity erased', tombstone.who
    FROM tombstone JOIN submission USING (receipt_hash)
    WHERE submission.id = OLD.submission_id AND what IN ('submission', 'identity')
    ORDER BY tombstone.at DESC LIMIT 1;
END;

DROP TRIGGER erased_stays_erased;

CREATE TRIGGER erased_stays_erased BEFORE INSERT ON identity
WHEN EXISTS (
    SELECT 1 FROM tombstone JOIN submission USING (receipt_hash)
    WHERE id = NEW.submission_id AND what IN ('submission', 'identity')
)
BEGIN
    SELECT raise(IGNORE);
END;

-- What was done to a part without a tombstone, by the audit trail. (A trigger that inserts a tombstone would do, but
-- D1 bears no more than ten triggers within each other.)

CREATE INDEX audit_of_parts ON audit (id)
WHERE what IN ('name no longer shown', 'release taken back', 'release changed')
    OR what GLOB 'comment [1-9]* text removed'
    OR what GLOB 'comment [1-9]* taken back'
    OR what GLOB 'comment [1-9]* released text changed';

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

-- What was erased and is there all the same: nothing, unless somebody wrote past the triggers.
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
