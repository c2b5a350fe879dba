//! The SQL queries of the list of all documents, assembled from parts: one page for each state, and the number of
//! documents.
//!
//! Parameters: ?1 the current time, ?2 the category, ?3 to ?7 the parts that the slug must contain, ?8 and ?9 the
//! words that the title may contain instead, ?10 and ?11 limit and offset. The queries use instr because LIKE in D1
//! takes patterns of at most 50 bytes.
//!
//! With 100,000 articles each query takes about 60 ms at most: searches for words, and for rare categories, scan all
//! titles; drafts, scheduled and broken documents have indexes of their own.

macro_rules! in_slug {
    () => {
        "(instr(slug, ?3) AND instr(slug, ?4) AND instr(slug, ?5) AND instr(slug, ?6) AND instr(slug, ?7))"
    };
}

macro_rules! asked_for {
    () => {
        concat!(
            "(?2 IS NULL OR category_slug = ?2)
             AND (",
            in_slug!(),
            " OR instr(title, ?8) OR instr(title, ?9))"
        )
    };
}

// Documents without an article have no title and no category. Their id is larger than that of any article, so they
// come first.
macro_rules! without_article {
    ($problems:literal, $from:literal) => {
        concat!(
            "SELECT slug, NULL AS title, NULL AS lang, NULL AS category_name, NULL AS updated,
                 NULL AS draft, NULL AS publish_at, ",
            $problems,
            " AS problems,
                 9007199254740991 AS id
             FROM ",
            $from,
            " AND ?2 IS NULL AND ",
            in_slug!()
        )
    };
}

macro_rules! articles {
    ($from:literal) => {
        concat!(
            "SELECT slug, title, lang, category_name, updated, draft, publish_at, NULL AS problems, id
             FROM article ", $from, " AND ", asked_for!()
        )
    };
}

macro_rules! public {
    () => {
        articles!("WHERE draft = 0 AND publish_at <= ?1")
    };
}

macro_rules! scheduled {
    () => {
        articles!("INDEXED BY article_to_come WHERE listed = 0 AND draft = 0 AND publish_at > ?1")
    };
}

macro_rules! drafts {
    () => {
        articles!("WHERE draft = 1")
    };
}

macro_rules! broken {
    () => {
        without_article!("problems", "document WHERE problems IS NOT NULL")
    };
}

macro_rules! new {
    () => {
        without_article!(
            "NULL",
            "due WHERE NOT EXISTS (SELECT 1 FROM document WHERE document.slug = due.slug)"
        )
    };
}

macro_rules! waiting {
    () => {
        concat!(
            "SELECT slug, title, lang, category_name, updated, draft, publish_at, problems,
                 coalesce(id, 9007199254740991) AS id
             FROM due LEFT JOIN article USING (slug) LEFT JOIN document USING (slug)
             WHERE ",
            asked_for!()
        )
    };
}

macro_rules! page_of {
    ($rows:expr) => {
        concat!(
            "SELECT *, EXISTS (SELECT 1 FROM due WHERE due.slug = found.slug) AS is_due
             FROM (",
            $rows,
            " ORDER BY id DESC, slug LIMIT ?10 OFFSET ?11) AS found"
        )
    };
}

pub const ALL: &str =
    page_of!(concat!(broken!(), " UNION ALL ", new!(), " UNION ALL ", articles!("WHERE true")));

pub const PUBLIC: &str = page_of!(public!());

pub const SCHEDULED: &str = page_of!(scheduled!());

pub const DRAFTS: &str = page_of!(drafts!());

pub const BROKEN: &str = page_of!(broken!());

pub const WAITING: &str = page_of!(waiting!());

pub const COUNTS: &str = concat!(
    "SELECT (SELECT count(*) FROM (",
    public!(),
    ")) AS public,
         (SELECT count(*) FROM (",
    scheduled!(),
    ")) AS scheduled,
         (SELECT count(*) FROM (",
    drafts!(),
    ")) AS drafts,
         (SELECT count(*) FROM (",
    broken!(),
    ")) AS broken,
         (SELECT count(*) FROM (",
    waiting!(),
    ")) AS waiting,
         (SELECT count(*) FROM (",
    new!(),
    ")) AS new"
);
