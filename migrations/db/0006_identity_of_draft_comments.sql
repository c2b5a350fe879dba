-- Who commented on a draft is kept from the release of its answers on, like who sent anything else is kept from
-- its own answer on. The rule for `identity.kept_from` stands in one place: a view that its triggers ask.

DROP TRIGGER identity_gets_its_time;
DROP TRIGGER identity_follows_its_submission;
DROP TRIGGER identity_keeps_its_time;
DROP INDEX submission_by_draft;

-- From when the time counts for which it is kept: the answer, its own or its draft's, or the receipt of what
-- looks like spam.
CREATE VIEW identity_kept_from AS
SELECT id AS submission_id,
    coalesce(
        answered_at,
        iif(suspicion IS NULL, NULL, received_at),
        iif(kind = 'gop-y-du-thao', (SELECT c.answered_at FROM consultation AS c WHERE c.slug = about), NULL)
    ) AS kept_from
FROM submission;

CREATE TRIGGER identity_gets_its_time AFTER INSERT ON identity
BEGIN
    UPDATE identity SET kept_from = (
        SELECT k.kept_from FROM identity_kept_from AS k WHERE k.submission_id = NEW.submission_id
    )
    WHERE submission_id = NEW.submission_id;
END;

CREATE TRIGGER identity_follows_its_submission AFTER UPDATE OF answered_at, suspicion ON submission
BEGIN
    UPDATE identity SET kept_from = (
        SELECT k.kept_from FROM identity_kept_from AS k WHERE k.submission_id = NEW.id
    )
    WHERE submission_id = NEW.id;
END;

CREATE INDEX submission_by_draft ON submission (about) WHERE kind = 'gop-y-du-thao';

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

-- Drafts whose answers are out already.
UPDATE identity SET kept_from = (
    SELECT k.kept_from FROM identity_kept_from AS k WHERE k.submission_id = identity.submission_id
)
WHERE submission_id IN (
    SELECT id FROM submission JOIN consultation ON slug = about
    WHERE kind = 'gop-y-du-thao' AND consultation.answered_at IS NOT NULL
);
