-- What the desk's list of submissions is made from: their words, to be found without accents, and where each stands.

-- Subject, text and comments without accents, in lower case. NULL where nobody has folded them yet: what SQL wrote,
-- what came before this column; the upkeep does. Empty once the submission is withdrawn.
ALTER TABLE submission ADD COLUMN folded TEXT;

UPDATE submission SET folded = '' WHERE state = 'withdrawn';

CREATE INDEX submission_to_fold ON submission (id) WHERE folded IS NULL;

CREATE TRIGGER folded_words_go_with_the_text AFTER UPDATE OF state ON submission
WHEN NEW.state = 'withdrawn' AND NEW.folded IS NOT ''
BEGIN
    UPDATE submission SET folded = '' WHERE id = NEW.id;
END;

CREATE TRIGGER folded_words_go_with_a_comment AFTER UPDATE OF text ON comment
WHEN NEW.text IS NULL AND OLD.text IS NOT NULL
BEGIN
    UPDATE submission SET folded = NULL WHERE id = NEW.submission_id AND state <> 'withdrawn';
END;

CREATE TRIGGER folded_words_miss_a_new_comment AFTER INSERT ON comment
BEGIN
    UPDATE submission SET folded = NULL WHERE id = NEW.submission_id AND folded IS NOT NULL;
END;

-- On which days what waits for an answer of its own was received: from them follows by when it is due.
CREATE INDEX submission_by_period ON submission (answer_days, answer_counts, received_at)
WHERE answer_days IS NOT NULL AND state IN ('received', 'passed_on', 'in_progress');

-- A submission as editors find it: a comment on a draft is answered by the release of the draft's answers.
CREATE VIEW submission_listed AS
SELECT id, receipt_hash, kind, about, subject, text, folded, received_at, answer_days, answer_counts, suspicion,
    CASE WHEN suspicion IS NULL THEN 'none' WHEN suspicion = 'confirmed' THEN 'spam' ELSE 'flagged' END AS flag,
    passed_to, answer, answered_at, state AS own_state,
    iif(kind = 'gop-y-du-thao' AND state <> 'withdrawn' AND EXISTS (
        SELECT 1 FROM answers_released WHERE slug = about AND released_at <= unixepoch()
    ) AND NOT EXISTS (
        SELECT 1 FROM comment AS c
        WHERE c.submission_id = submission.id AND c.text IS NOT NULL AND c.decision IS NULL
    ), 'answered', state) AS state
FROM submission;
