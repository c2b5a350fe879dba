-- The catalogue for any number of articles. It is derived: what was there goes, and the next syncs fill
-- these tables from the documents in KV. Times are seconds since 1970-01-01T00:00:00Z.

DROP TABLE alias;
DROP TABLE article;
DROP TABLE broken;

-- Every document, good or broken, as it was when it was last read.
CREATE TABLE document (
    slug TEXT PRIMARY KEY,
    -- The rev that was read together with it; empty where it has none.
    rev TEXT NOT NULL,
    -- Empty where it must be indexed anew although it may not have changed.
    hash TEXT NOT NULL,
    -- What is wrong in it (JSON), where it cannot be shown.
    problems TEXT
) STRICT, WITHOUT ROWID;

-- Documents to be read: new, changed, deleted, or grown public by the clock. The last found is read first,
-- so that an editor's article need not wait for a bulk upload.
CREATE TABLE due (
    slug TEXT PRIMARY KEY,
    found_at INTEGER NOT NULL,
    -- How many runs have begun to read it; one that is still here afterwards gives way to all others.
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX due_in_order ON due (attempts, found_at DESC, slug);

-- Pages of KV's list that were as the catalogue knows them, by the key before each: as long as a page stays
-- the same it need not be compared again.
CREATE TABLE listed_page (
    after TEXT PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    -- Grows with listed_at, so that the newest are found first by `search` too:
    -- seconds since 1900 times 2^20, and a number within the second.
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    lang TEXT NOT NULL,
    -- Both empty where the article has no category.
    category_slug TEXT NOT NULL,
    category_name TEXT NOT NULL,
    published INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    -- What lists are sorted by: the later of published and publish_at.
    listed_at INTEGER NOT NULL,
    -- Of listed_at in Viet Nam: 202611.
    month INTEGER NOT NULL,
    draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
    -- Not public before; 0 where the document names no such time.
    publish_at INTEGER NOT NULL,
    -- Whether it was public when it was indexed: then it is counted and can be found by its words.
    listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
    notice_from INTEGER,
    notice_until INTEGER,
    consultation_opens INTEGER,
    consultation_closes INTEGER
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

-- How many articles are listed in each month: of all (scope '') and of each category (its slug).
CREATE TABLE month_count (
    scope TEXT NOT NULL,
    month INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (scope, month)
) STRICT, WITHOUT ROWID;

-- How many articles are listed under each name of a category; names that differ in accents or case share
-- a slug, and the one that most articles use is shown.
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

-- The plain text of an article, for the excerpts of search results.
CREATE TABLE article_text (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

-- The words of listed articles. Each column holds them twice: without accents, and then as written; so a
-- word typed without accents finds every accented form, and one typed with accents that form alone.
CREATE VIRTUAL TABLE search USING fts5 (
    title, summary, body,
    -- One word that stands for the category.
    category,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
-- (Its count of articles, from which the weight of a rare word comes, is not lowered by a deletion.)

-- Every word there is, for the one that is still being typed. Words of deleted articles stay.
CREATE TABLE word (
    -- 1 as written, 0 without accents.
    is_written INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (is_written, word)
) STRICT, WITHOUT ROWID;

-- Old addresses. Two articles may claim the same; the first published has it.
CREATE TABLE alias (
    address TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (address, slug)
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_by_slug ON alias (slug);

-- How far the sync is: one row.
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
    -- What was used of the platform's daily limits on which day (UTC, days since 1970).
    day INTEGER NOT NULL DEFAULT 0,
    lists INTEGER NOT NULL DEFAULT 0,
    reads INTEGER NOT NULL DEFAULT 0,
    rows_written INTEGER NOT NULL DEFAULT 0
) STRICT;
