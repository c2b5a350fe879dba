-- The rules of the tables in 0004, as triggers: for comments, for their answers, for the record.

-- Counts

CREATE TRIGGER draft_comment_is_counted AFTER INSERT ON submission
WHEN NEW.kind = 'gop-y-du-thao'
BEGIN
    INSERT INTO consultation (slug, received) VALUES (NEW.about, 1)
        ON CONFLICT DO UPDATE SET received = received + 1;
END;

CREATE TRIGGER draft_comment_that_is_spam_is_not_counted AFTER UPDATE OF suspicion ON submission
WHEN NEW.kind = 'gop-y-du-thao'
    AND NEW.state <> 'withdrawn'
    AND (NEW.suspicion IS 'confirmed') <> (OLD.suspicion IS 'confirmed')
BEGIN
    UPDATE consultation SET received = received + iif(NEW.suspicion IS 'confirmed', -1, 1)
    WHERE slug = NEW.about;
END;

-- Who sends, and as whom

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

CREATE TRIGGER submission_unnaming_is_audited AFTER UPDATE OF is_named ON submission
WHEN NEW.is_named < OLD.is_named
BEGIN
    INSERT INTO audit (submission_id, what, who) VALUES (NEW.id, 'name no longer shown', NEW.handled_by);
END;

-- Comments

CREATE TRIGGER comment_belongs_to_a_submission_about_its_draft BEFORE INSERT ON comment
WHEN NOT EXISTS (
    SELECT 1 FROM submission
    WHERE id = NEW.submission_id AND kind = 'gop-y-du-thao' AND about = NEW.slug AND state <> 'withdrawn'
)
BEGIN
    SELECT raise(ABORT, 'a comment belongs to a submission about the same draft');
END;

CREATE TRIGGER comment_enters_the_record AFTER INSERT ON comment
BEGIN
    INSERT INTO ledger (slug, kind, comment_id, at)
    SELECT NEW.slug, 'comment', NEW.id, received_at FROM submission WHERE id = NEW.submission_id;
END;

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

CREATE TRIGGER comment_is_handled_by_somebody
BEFORE UPDATE OF text, public_text, decision, answer, changed ON comment
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who makes this change: handled_by');
END;

CREATE TRIGGER comment_forgets_who_handled_it AFTER UPDATE OF handled_by ON comment
WHEN NEW.handled_by IS NOT NULL
BEGIN
    UPDATE comment SET handled_by = NULL WHERE id = NEW.id;
END;

-- What is in the released answers stays complete.
CREATE TRIGGER comment_stays_answered_while_released BEFORE UPDATE OF public_text, decision ON comment
WHEN (NEW.decision IS NULL OR NEW.public_text IS NULL)
    AND EXISTS (SELECT 1 FROM answers_released WHERE slug = NEW.slug)
    AND EXISTS (
        SELECT 1 FROM submission
        WHERE id = NEW.submission_id AND state <> 'withdrawn' AND suspicion IS NOT 'confirmed'
    )
BEGIN
    SELECT raise(ABORT, 'the answers are released; take them back first');
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

-- Erasing or correcting a name: the record no longer vouches for one.

CREATE TRIGGER name_leaves_the_record_when_erased AFTER DELETE ON identity
BEGIN
    UPDATE comment SET name_salt = NULL
    WHERE submission_id = OLD.submission_id AND name_salt IS NOT NULL;
END;

CREATE TRIGGER name_leaves_the_record_when_corrected AFTER UPDATE OF name ON identity
WHEN NEW.name <> OLD.name
BEGIN
    UPDATE comment SET name_salt = NULL
    WHERE submission_id = NEW.submission_id AND name_salt IS NOT NULL;
END;

-- Removals: with a value its salt goes, and an entry of the record says so. An entry that is not written
-- yet goes itself.

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

-- Answers

CREATE TRIGGER answers_are_released_by_somebody BEFORE INSERT ON answers_released
WHEN coalesce(NEW.handled_by, '') = ''
BEGIN
    SELECT raise(ABORT, 'say who releases this: handled_by');
END;

CREATE TRIGGER answers_are_released_whole BEFORE INSERT ON answers_released
WHEN EXISTS (
    SELECT 1 FROM comment JOIN submission ON submission.id = submission_id
    WHERE slug = NEW.slug AND (decision IS NULL OR public_text IS NULL)
        AND state <> 'withdrawn' AND suspicion IS NOT 'confirmed'
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

CREATE TRIGGER released_answer_is_changed AFTER UPDATE OF decision, answer, changed ON comment
WHEN NEW.decision IS NOT NULL
    AND (NEW.decision IS NOT OLD.decision OR NEW.answer IS NOT OLD.answer OR NEW.changed IS NOT OLD.changed)
    AND EXISTS (SELECT 1 FROM answers_released WHERE slug = NEW.slug)
BEGIN
    UPDATE comment SET answer_salt = NULL, changed_salt = NULL WHERE id = NEW.id;
    UPDATE comment
    SET answer_salt = lower(hex(randomblob(16))), changed_salt = lower(hex(randomblob(16)))
    WHERE id = NEW.id;
    INSERT INTO ledger (slug, kind, comment_id, at) VALUES (NEW.slug, 'answer', NEW.id, unixepoch());
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

-- The record does not change.

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

CREATE TRIGGER consultation_audit_is_never_changed BEFORE UPDATE ON consultation_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;

CREATE TRIGGER consultation_audit_is_never_deleted BEFORE DELETE ON consultation_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;
