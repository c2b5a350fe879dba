-- The catalogue: derived from the documents in KV, can be dropped and rebuilt at any time.
-- Times are seconds since 1970-01-01T00:00:00Z.

CREATE TABLE article (
    slug TEXT PRIMARY KEY,
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
    draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
    -- Not public before; 0 where the document names no such time.
    publish_at INTEGER NOT NULL,
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
    notice_from INTEGER,
    notice_until INTEGER,
    consultation_opens INTEGER,
    consultation_closes INTEGER,
    -- Of the document, to see whether it has changed.
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX article_by_time ON article (listed_at DESC, slug);
CREATE INDEX article_by_category ON article (category_slug, listed_at DESC, slug);

-- Old addresses. Two articles may claim the same; the first published has it.
CREATE TABLE alias (
    address TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (address, slug)
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_by_slug ON alias (slug);

-- Documents that cannot be shown, with what is wrong in them (JSON).
CREATE TABLE broken (
    slug TEXT PRIMARY KEY,
    problems TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
