-- CATALOGUE: all articles together, for lists, search and the editors. It is derived: it can be dropped at any time,
-- and the sync fills it again from the documents in KV. Times are seconds since 1970-01-01T00:00:00Z.


-- THE SYNC

-- How far it is: one row.
CREATE TABLE sync (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- Until then no other run may work.
    lease_until INTEGER NOT NULL DEFAULT 0,
    -- Where KV's list goes on, and the last key before; both empty at the beginning of a round.
    list_cursor TEXT NOT NULL DEFAULT '',
    listed_to TEXT NOT NULL DEFAULT '',
    -- When all keys had last been listed.
    round_ended_at INTEGER NOT NULL DEFAULT 0,
    -- The last document that the rolling check has read.
    checked_to TEXT NOT NULL DEFAULT '',
    -- How much of the platform's daily limits the sync has used on this day (UTC, in days since 1970).
    day INTEGER NOT NULL DEFAULT 0,
    lists INTEGER NOT NULL DEFAULT 0,
    reads INTEGER NOT NULL DEFAULT 0,
    rows_written INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Every document, valid or not, as it was last read.
CREATE TABLE document (
    slug TEXT PRIMARY KEY,
    -- The rev that was read together with it; empty where it has none.
    rev TEXT NOT NULL,
    -- Empty where it must be indexed again although it may not have changed.
    hash TEXT NOT NULL,
    -- The errors of the document as JSON, if it cannot be shown; else NULL.
    problems TEXT
) STRICT, WITHOUT ROWID;

-- For the desk: broken documents are few.
CREATE INDEX document_broken ON document (slug) WHERE problems IS NOT NULL;

-- Documents to be read: new, changed or deleted, or public since the clock reached their time. The last found is read
-- first, so that an editor's article does not wait for a bulk upload.
CREATE TABLE due (
    slug TEXT PRIMARY KEY,
    found_at INTEGER NOT NULL,
    -- How many runs have begun to read it. One that is still here afterwards comes after all others.
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX due_in_order ON due (attempts, found_at DESC, slug);

-- Pages of KV's list that agree with `document`, by the key before each: while its digest stays the same, a page need
-- not be compared again.
CREATE TABLE listed_page (
    after TEXT PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Purges of Workers Cache that must be repeated: a page that was made soon after a change may show the old text, because
-- KV may still have answered with it.
CREATE TABLE purge (
    -- The cache tag of the pages to purge, or '*' for all pages.
    tag TEXT PRIMARY KEY,
    due_at INTEGER NOT NULL
) WITHOUT ROWID;


-- ARTICLES

CREATE TABLE article (
    -- Grows with listed_at, so that `search` too finds the newest first: seconds since 1900 times 2^20, plus a number
    -- within the second.
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    lang TEXT NOT NULL,
    -- English of any country.
    is_english INTEGER GENERATED ALWAYS AS (substr(lower(lang) || '-', 1, 3) = 'en-') VIRTUAL,
    -- Both empty where the article has no category.
    category_slug TEXT NOT NULL,
    category_name TEXT NOT NULL,
    published INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    -- The sort key of lists: the later of published and publish_at.
    listed_at INTEGER NOT NULL,
    -- The year and month of listed_at in Viet Nam, as one number: 202611.
    month INTEGER NOT NULL,
    draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
    -- The article is not public before this time; 0 if the document sets none.
    publish_at INTEGER NOT NULL,
    -- Whether it was public when it was indexed: then it is counted and can be found by its words.
    listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
    notice_from INTEGER,
    notice_until INTEGER,
    consultation_opens INTEGER,
    consultation_closes INTEGER,
    -- The unit that compiles the comments.
    consultation_unit TEXT,
    -- The slug of the article with what was issued in the end.
    consultation_issued TEXT
) STRICT;

CREATE INDEX article_by_time ON article (listed_at DESC, slug, publish_at) WHERE draft = 0;
CREATE INDEX article_by_category ON article (category_slug, listed_at DESC, slug, publish_at)
    WHERE draft = 0;
CREATE INDEX article_by_month ON article (month, updated) WHERE listed = 1;
CREATE INDEX article_to_come ON article (publish_at, slug) WHERE listed = 0 AND draft = 0;
CREATE INDEX article_pinned ON article (listed_at DESC, slug) WHERE pinned = 1 AND draft = 0;
CREATE INDEX article_with_notice ON article (notice_until)
    WHERE notice_until IS NOT NULL AND draft = 0;
CREATE INDEX article_with_consultation ON article (consultation_closes)
    WHERE consultation_closes IS NOT NULL AND draft = 0;
-- For the desk: drafts are few.
CREATE INDEX article_draft ON article (id) WHERE draft = 1;
CREATE INDEX article_in_english ON article (listed_at DESC, slug, publish_at)
    WHERE is_english = 1 AND draft = 0;

-- Old addresses. Two articles may claim the same; the first published has it.
CREATE TABLE alias (
    address TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (address, slug)
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_by_slug ON alias (slug);

-- The pictures that articles show, with their sizes, so that pages keep their places free while they load.
CREATE TABLE picture (
    slug TEXT NOT NULL,
    -- Its name in FILES.
    file TEXT NOT NULL,
    -- In pixels. NULL where the file was not there, did not tell, or has not been read yet.
    width INTEGER,
    height INTEGER,
    -- When its first bytes are to be read, for the first time or again.
    due_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (slug, file)
) STRICT, WITHOUT ROWID;

CREATE INDEX picture_by_file ON picture (file);
CREATE INDEX picture_due ON picture (due_at);


-- COUNTS OF LISTED ARTICLES

-- In each month: of all (scope ''), of each category (its slug), of those in English ('@en', which no category has as
-- its slug).
CREATE TABLE month_count (
    scope TEXT NOT NULL,
    month INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (scope, month)
) STRICT, WITHOUT ROWID;

-- Under each name of a category. Names that differ only in accents or case share a slug, and the one that most articles
-- use is shown.
CREATE TABLE category (
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (slug, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER article_is_counted AFTER INSERT ON article WHEN NEW.listed = 1 BEGIN
    INSERT INTO month_count (scope, month, articles) VALUES ('', NEW.month, 1)
        ON CONFLICT DO UPDATE SET articles = articles + 1;
    INSERT INTO month_count (scope, month, articles)
        SELECT NEW.category_slug, NEW.month, 1 WHERE NEW.category_slug <> ''
        ON CONFLICT DO UPDATE SET articles = articles + 1;
    INSERT INTO category (slug, name, articles)
        SELECT NEW.category_slug, NEW.category_name, 1 WHERE NEW.category_slug <> ''
        ON CONFLICT DO UPDATE SET articles = articles + 1;
END;

CREATE TRIGGER article_is_no_longer_counted AFTER DELETE ON article WHEN OLD.listed = 1 BEGIN
    UPDATE month_count SET articles = articles - 1
        WHERE scope IN ('', OLD.category_slug) AND month = OLD.month;
    DELETE FROM month_count
        WHERE scope IN ('', OLD.category_slug) AND month = OLD.month AND articles = 0;
    UPDATE category SET articles = articles - 1
        WHERE slug = OLD.category_slug AND name = OLD.category_name;
    DELETE FROM category
        WHERE slug = OLD.category_slug AND name = OLD.category_name AND articles = 0;
END;

CREATE TRIGGER english_article_is_counted AFTER INSERT ON article
WHEN NEW.listed = 1 AND NEW.is_english = 1 BEGIN
    INSERT INTO month_count (scope, month, articles) VALUES ('@en', NEW.month, 1)
        ON CONFLICT DO UPDATE SET articles = articles + 1;
END;

CREATE TRIGGER english_article_is_no_longer_counted AFTER DELETE ON article
WHEN OLD.listed = 1 AND OLD.is_english = 1 BEGIN
    UPDATE month_count SET articles = articles - 1 WHERE scope = '@en' AND month = OLD.month;
    DELETE FROM month_count WHERE scope = '@en' AND month = OLD.month AND articles = 0;
END;


-- SEARCH

-- The plain text of an article, for the excerpts of search results.
CREATE TABLE article_text (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

-- The words of listed articles. Each column holds them twice: without accents, and then as written. So a word typed
-- without accents finds every accented form, and one typed with accents finds that form alone.
-- The number of articles in it, from which FTS5 weighs rare words, is not lowered by a deletion.
CREATE VIRTUAL TABLE search USING fts5 (
    title, summary, body,
    -- One word that stands for the category.
    category,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

-- Every word there is, to complete the one that is still being typed. Words of deleted articles stay.
CREATE TABLE word (
    -- 1 as written, 0 without accents.
    is_written INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (is_written, word)
) STRICT, WITHOUT ROWID;
