-- The pictures that articles show, with their sizes, so that pages keep their places free while they load.

CREATE TABLE picture (
    slug TEXT NOT NULL,
    -- Its name in FILES.
    file TEXT NOT NULL,
    -- In pixels; none where it was not there, did not tell, or was not looked at yet.
    width INTEGER,
    height INTEGER,
    -- When its beginning is to be read, again or for the first time.
    due_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (slug, file)
) STRICT, WITHOUT ROWID;

CREATE INDEX picture_by_file ON picture (file);
CREATE INDEX picture_due ON picture (due_at);
