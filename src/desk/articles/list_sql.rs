//! The queries of the list of all documents, put together from their parts: a page of each state, and how many
//! documents there are.
//!
//! Parameters: ?1 now, ?2 the category, ?3 to ?7 what the slug holds, ?8 and ?9 what the title may hold instead,
//! ?10 and ?11 limit and offset. (instr takes any length; LIKE in D1 takes 50 bytes.)
//!
//! With 100,000 articles each takes some 60 ms at most: where words are looked for, or a rare category, all titles
//! are gone through; drafts, scheduled and broken ones have indexes of their own.

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

// Without an article there is no title and no category. No article's id is larger than this one.
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
