-- What editors do on the desk that concerns no single submission and no single draft: an export, a sync that was
-- asked for. Like the other trails it says who did what and when, and does not change.

CREATE TABLE desk_audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what <> ''),
    who TEXT NOT NULL CHECK (who <> '')
) STRICT;

CREATE TRIGGER desk_audit_is_never_changed BEFORE UPDATE ON desk_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;

CREATE TRIGGER desk_audit_is_never_deleted BEFORE DELETE ON desk_audit
BEGIN
    SELECT raise(ABORT, 'the audit trail does not change');
END;
