-- Answers may be released for a moment to come: until `answers_released.released_at` nobody but the desk sees
-- them, and taking them back leaves no trace in the record, because its entries are not written before. What is
-- mended meanwhile is released at that moment too, and not before.

DROP TRIGGER released_answer_is_changed;

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

CREATE INDEX consultation_audit_by_draft ON consultation_audit (slug, id);
