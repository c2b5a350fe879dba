-- The rules of the tables in 0002, as triggers: for submissions, for who sent them, for what erases, for
-- what is public, for the audit trail.

CREATE TRIGGER submission_comes_with_a_line AFTER INSERT ON submission
BEGIN
    INSERT INTO audit (submission_id, what, who) VALUES (NEW.id, NEW.state, 'sender');
END;

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

-- A submission that waited in a queue may turn out to have been received before its second copy.
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

CREATE TRIGGER submission_forgets_who_handled_it AFTER UPDATE OF handled_by ON submission
WHEN NEW.handled_by IS NOT NULL
BEGIN
    UPDATE submission SET handled_by = NULL WHERE id = NEW.id;
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

CREATE TRIGGER submission_gets_its_answer_time AFTER UPDATE OF state ON submission
WHEN NEW.state = 'answered' AND NEW.answered_at IS NULL
BEGIN
    UPDATE submission SET answered_at = unixepoch(), handled_by = NEW.handled_by WHERE id = NEW.id;
END;

-- An answer that was given by mistake is taken back before the submission is handled again.
CREATE TRIGGER submission_stays_answered_while_released BEFORE UPDATE OF state ON submission
WHEN OLD.state = 'answered' AND NEW.state = 'in_progress'
    AND EXISTS (SELECT 1 FROM released WHERE submission_id = NEW.id)
BEGIN
    SELECT raise(ABORT, 'take the release back first');
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

CREATE TRIGGER identity_gets_its_time AFTER INSERT ON identity
BEGIN
    UPDATE identity SET kept_from = (
        SELECT coalesce(answered_at, iif(suspicion IS NULL, NULL, received_at))
        FROM submission WHERE id = NEW.submission_id
    )
    WHERE submission_id = NEW.submission_id;
END;

CREATE TRIGGER identity_follows_its_submission AFTER UPDATE OF answered_at, suspicion ON submission
BEGIN
    UPDATE identity SET kept_from = (
        SELECT coalesce(answered_at, iif(suspicion IS NULL, NULL, received_at))
        FROM submission WHERE id = NEW.id
    )
    WHERE submission_id = NEW.id;
END;

CREATE TRIGGER identity_keeps_its_time BEFORE UPDATE OF kept_from ON identity
WHEN NEW.kept_from IS NOT (
    SELECT coalesce(answered_at, iif(suspicion IS NULL, NULL, received_at))
    FROM submission WHERE id = NEW.submission_id
)
BEGIN
    SELECT raise(ABORT, 'from when personal data is kept follows from its submission');
END;

CREATE TRIGGER identity_comes_once BEFORE INSERT ON identity
WHEN EXISTS (SELECT 1 FROM identity WHERE submission_id = NEW.submission_id)
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

-- Without one it would come back from a queue or a backup.
CREATE TRIGGER identity_is_erased_by_a_tombstone BEFORE DELETE ON identity
WHEN NOT EXISTS (
    SELECT 1 FROM tombstone JOIN submission USING (receipt_hash) WHERE id = OLD.submission_id
)
BEGIN
    SELECT raise(ABORT, 'insert a tombstone to erase who sent a submission');
END;

CREATE TRIGGER identity_erasure_is_audited AFTER DELETE ON identity
BEGIN
    INSERT INTO audit (submission_id, what, who)
    SELECT OLD.submission_id, 'identity erased', tombstone.who
    FROM tombstone JOIN submission USING (receipt_hash) WHERE submission.id = OLD.submission_id
    ORDER BY tombstone.at DESC LIMIT 1;
END;

CREATE TRIGGER tombstone_is_written_once BEFORE INSERT ON tombstone
WHEN EXISTS (SELECT 1 FROM tombstone WHERE receipt_hash = NEW.receipt_hash AND what = NEW.what)
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

CREATE TRIGGER erased_stays_erased BEFORE INSERT ON identity
WHEN EXISTS (
    SELECT 1 FROM tombstone JOIN submission USING (receipt_hash) WHERE id = NEW.submission_id
)
BEGIN
    SELECT raise(IGNORE);
END;

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
