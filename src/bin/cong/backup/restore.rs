//! `cong restore`: puts a backup back where there is nothing, without what was erased since it was made.
//!
//! The database comes first and in one step, with the erasures, and says in `desk_audit` which backup it is of. By
//! that a restore that broke off is known when it is run again, and does the rest.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use cong::vietnamese::{Instant, grouped};

use super::database::{OWN, text};
use super::erasures::Erasures;
use super::folder::{Backup, DATABASE};
use super::place::Place;
use super::sql::{identifier, text_literal};
use super::waiting;
use crate::console::{Outcome, Progress, ask, step};
use crate::language::{cannot_read, say};
use crate::storage::{Database, Namespace, Pair, Storage};

/// An expiration must be at least this many seconds away.
const MIN_LIFE_SECONDS: i64 = 60;

#[derive(Args)]
pub struct Options {
    /// The backup.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The newest list that `cargo run erasures` wrote: what is in it does not come back.
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Restore without asking.
    #[arg(long)]
    yes: bool,
}

/// What is there already.
struct Target {
    /// In KV, for each namespace.
    keys: HashMap<&'static str, HashSet<String>>,
    /// Tables with their numbers of rows, and views.
    tables: Vec<(String, usize)>,
    views: Vec<String>,
    /// Whether its database is of this backup, and all else is too.
    has_begun: bool,
    has_ended: bool,
}

/// Restores a backup.
///
/// # Errors
/// The backup is damaged or newer than this version, something else is there, nobody agrees, or wrangler cannot do
/// its part.
pub fn run(root: &Path, options: &Options, now: Instant) -> Result<()> {
    let mut backup = None;
    step(&say!("kiểm tra bản sao lưu", "check of the backup"), |_| {
        let read = Backup::read(&options.folder)?;
        let made = Instant(read.manifest.made_at).date_time();
        backup = Some(read);
        Outcome::done(say!("nguyên vẹn, của lúc {made}", "whole, of {made}"))
    })?;
    let Some(backup) = backup else { return Ok(()) };
    let erasures = options.erasures.as_deref().map(Erasures::read).transpose()?;
    refuse_a_newer_schema(root, &backup)?;
    let state = options.place.state(root);
    let storage = options.place.storage(root, &state)?;
    let mut target = None;
    step(&say!("nơi khôi phục", "where it goes"), |progress| {
        let found = Target::read(&storage, &backup.id, progress)?;
        found.refuse_what_is_there(&options.place.name())?;
        let is_part = found.has_begun;
        target = Some(found);
        Outcome::done(match is_part {
            true => say!(
                "có một phần của chính bản này, sẽ làm nốt",
                "has a part of this backup; the rest follows"
            ),
            false => say!("còn trống", "empty"),
        })
    })?;
    let Some(target) = target else { return Ok(()) };
    say_what_erasures_are_known(&backup, erasures.as_ref());
    if !options.yes {
        let place = options.place.name();
        let alone = say!(
            "Không có ai để hỏi: thêm --yes nếu đúng là muốn khôi phục. Chưa ghi gì cả.",
            "Nobody is there to be asked: add --yes if restoring is meant. Nothing was written."
        );
        ask(&say!("Khôi phục vào {place}?", "Restore into {place}?"), alone)?;
    }
    let done = carry_out(&storage, &backup, &target, erasures.as_ref(), now);
    if done.is_err() {
        eprintln!(
            "{}",
            say!(
                "Chưa xong. Phần đã khôi phục được giữ nguyên; chạy lại đúng lệnh này để làm nốt.",
                "Not done yet. What is restored stays; run the same command again to do the rest."
            )
        );
    }
    done?;
    eprintln!(
        "{}",
        say!(
            "✓ Đã khôi phục. Danh sách, tìm kiếm và nguồn tin được dựng lại dần từ các bài, không phải làm gì thêm.
  SIGNING_KEY không nằm trong bản sao lưu: hãy đặt lại khóa cũ, để mã biên nhận của ý kiến gửi lại vẫn như trước.",
            "✓ Restored. Lists, search and feeds are made anew from the articles by the sync, with nothing to be done.
  SIGNING_KEY is in no backup: set the old one again, so that the same text sent again has its old receipt."
        )
    );
    Ok(())
}

fn carry_out(
    storage: &Storage,
    backup: &Backup,
    target: &Target,
    erasures: Option<&Erasures>,
    now: Instant,
) -> Result<()> {
    step(&say!("cơ sở dữ liệu", "database"), |progress| {
        load(storage, backup, target, erasures, now, progress)?;
        // What came into the schema since the backup was made; and the lists need theirs.
        storage.migrate(Database::Db, progress)?;
        storage.migrate(Database::Catalogue, progress)?;
        let rows = grouped(backup.manifest.rows.values().sum());
        Outcome::done(match target.has_begun {
            true => say!("đã có {rows} dòng", "{rows} rows are there"),
            false => say!("đã khôi phục {rows} dòng", "{rows} rows restored"),
        })
    })?;
    // What waits comes after the database, which knows what of it was withdrawn, and files before the articles that
    // name them.
    for namespace in [Namespace::Inbox, Namespace::Files, Namespace::Articles] {
        step(&crate::upload::name(namespace), |progress| {
            let put = put(storage, backup, target, namespace, now, progress)?;
            Outcome::done(say!("đã khôi phục {0}", "{0} restored", grouped(put)))
        })?;
    }
    let sql = audited(&ended(&backup.id), now);
    step(&say!("ghi nhận", "note"), |progress| {
        storage.query(Database::Db, &sql, progress)?;
        Outcome::done(say!("trong desk_audit", "in desk_audit"))
    })
}

/// A schema that this version does not know cannot be brought to the newest.
fn refuse_a_newer_schema(root: &Path, backup: &Backup) -> Result<()> {
    let known = |name: &String| root.join("migrations/db").join(name).is_file();
    if let Some(unknown) = backup.manifest.migrations.iter().find(|name| !known(name)) {
        bail!(say!(
            "Bản sao lưu là của một phiên bản mới hơn của cổng (có {unknown}). Hãy cập nhật kho mã này rồi chạy lại. Chưa ghi gì.",
            "The backup is of a newer version of the portal (it has {unknown}). Update this repository, then run this again. Nothing was written."
        ));
    }
    Ok(())
}

fn say_what_erasures_are_known(backup: &Backup, erasures: Option<&Erasures>) {
    let made = Instant(backup.manifest.made_at).date_time();
    let text = match erasures {
        None => say!(
            "! Không có --erasures: những gì được rút lại hoặc xóa sau {made} sẽ trở lại.",
            "! Without --erasures: what was withdrawn or erased after {made} comes back."
        ),
        Some(list) => {
            let (count, until) = (grouped(list.erasures.len()), Instant(list.made_at).date_time());
            match list.made_at < backup.manifest.made_at {
                true => say!(
                    "! Danh sách đã xóa là của {until}, cũ hơn bản sao lưu: những gì được xóa sau {made} sẽ trở lại.",
                    "! The list of erasures is of {until}, older than the backup: what was erased after {made} comes back."
                ),
                false => say!(
                    "· Danh sách đã xóa: {count} mục, đến {until}",
                    "· The list of erasures has {count}, up to {until}"
                ),
            }
        }
    };
    eprintln!("{text}");
}

impl Target {
    fn read(storage: &Storage, id: &str, progress: &mut Progress) -> Result<Self> {
        let mut keys = HashMap::new();
        for namespace in [Namespace::Articles, Namespace::Files, Namespace::Inbox] {
            let listed = storage.list(namespace, progress)?;
            keys.insert(namespace.binding(), listed.into_iter().map(|key| key.name).collect());
        }
        let sql = format!(
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND {OWN}"
        );
        let made = storage.query(Database::Db, &sql, progress)?.swap_remove(0);
        let (tables, views): (Vec<_>, Vec<_>) =
            made.iter().partition(|row| text(row, "type") == "table");
        let mut target = Self {
            keys,
            tables: tables.iter().map(|row| (text(row, "name"), 0)).collect(),
            views: views.iter().map(|row| text(row, "name")).collect(),
            has_begun: false,
            has_ended: false,
        };
        if target.tables.is_empty() {
            return Ok(target);
        }
        let count =
            |(name, _): &(String, usize)| format!("SELECT count(*) AS n FROM {}", identifier(name));
        let mut sql: Vec<_> = target.tables.iter().map(count).collect();
        let has_trail = target.tables.iter().any(|(name, _)| name == "desk_audit");
        if has_trail {
            let lines = [begun(id), ended(id)].map(|what| text_literal(&what)).join(", ");
            sql.push(format!("SELECT what FROM desk_audit WHERE what IN ({lines})"));
        }
        let mut answers = storage.query(Database::Db, &sql.join(";\n"), progress)?;
        let lines = if has_trail { answers.pop().unwrap_or_default() } else { Vec::new() };
        let has = |what: String| lines.iter().any(|row| text(row, "what") == what);
        (target.has_begun, target.has_ended) = (has(begun(id)), has(ended(id)));
        for ((_, rows), answer) in target.tables.iter_mut().zip(answers) {
            let count = answer.first().and_then(|row| row.get("n")?.as_u64());
            *rows = count.and_then(|count| count.try_into().ok()).unwrap_or(usize::MAX);
        }
        Ok(target)
    }

    /// A backup is put where nothing is, or where a part of itself is.
    fn refuse_what_is_there(&self, place: &str) -> Result<()> {
        if self.has_ended {
            bail!(say!(
                "Bản sao lưu này đã được khôi phục xong vào {place} rồi. Chưa ghi gì.",
                "This backup is restored into {place} already. Nothing was written."
            ));
        }
        if self.has_begun {
            return Ok(());
        }
        let rows = self.own_tables().map(|(name, rows)| (name.as_str(), *rows));
        let keys = self.keys.iter().map(|(binding, keys)| (*binding, keys.len()));
        let mut there: Vec<_> = rows.chain(keys).filter(|(_, count)| *count > 0).collect();
        there.sort_unstable();
        if !there.is_empty() {
            let there: Vec<_> =
                there.iter().map(|(name, count)| format!("{name}: {}", grouped(*count))).collect();
            let there = there.join(", ");
            bail!(say!(
                "Chỉ khôi phục vào chỗ trống, mà {place} đang có {there}. Chưa ghi gì. Hãy khôi phục vào một tài khoản hay một --state khác.",
                "A backup is only restored into empty storage, and {place} has {there}. Nothing was written. Restore it into another account or another --state."
            ));
        }
        Ok(())
    }

    /// Without the one that wrangler keeps.
    fn own_tables(&self) -> impl Iterator<Item = &(String, usize)> {
        self.tables.iter().filter(|(name, _)| name != "d1_migrations")
    }
}

/// Makes the database of the backup, with what was erased since, in one step; where it is there already only what was
/// erased.
fn load(
    storage: &Storage,
    backup: &Backup,
    target: &Target,
    erasures: Option<&Erasures>,
    now: Instant,
    progress: &mut Progress,
) -> Result<()> {
    let script = storage.scratch("sql");
    let mut file = io::BufWriter::new(script.create()?);
    if !target.has_begun {
        for statement in emptied(target) {
            writeln!(file, "{statement}")?;
        }
        let path = backup.file(DATABASE);
        let mut rows = File::open(&path).with_context(|| cannot_read(&path))?;
        io::copy(&mut rows, &mut file)?;
        writeln!(file, "{}", audited(&begun(&backup.id), now))?;
    }
    let erasing = erasures.map(Erasures::statements).unwrap_or_default();
    erasing.iter().try_for_each(|statement| writeln!(file, "{statement}"))?;
    file.flush()?;
    drop(file);
    if target.has_begun && erasing.is_empty() {
        return Ok(());
    }
    storage.execute(Database::Db, &script.0, progress)
}

/// Drops the tables, unless somebody wrote into one since it was looked at: then nothing is done at all.
fn emptied(target: &Target) -> Vec<String> {
    let counts: Vec<_> = target
        .own_tables()
        .map(|(name, _)| format!("(SELECT count(*) FROM {})", identifier(name)))
        .collect();
    let mut statements = vec!["PRAGMA defer_foreign_keys = TRUE;".to_owned()];
    if !counts.is_empty() {
        statements.extend([
            "CREATE TABLE restored_into_empty_tables (n INTEGER CHECK (n = 0));".to_owned(),
            format!("INSERT INTO restored_into_empty_tables SELECT {};", counts.join(" + ")),
            "DROP TABLE restored_into_empty_tables;".to_owned(),
        ]);
    }
    let views = target.views.iter().map(|name| format!("DROP VIEW {};", identifier(name)));
    let tables = target.tables.iter().map(|(name, _)| format!("DROP TABLE {};", identifier(name)));
    statements.into_iter().chain(views).chain(tables).collect()
}

fn begun(id: &str) -> String {
    format!("restore begun: backup {id}")
}

fn ended(id: &str) -> String {
    format!("restore ended: backup {id}")
}

fn audited(what: &str, now: Instant) -> String {
    let (at, what) = (now.0, text_literal(what));
    format!("INSERT INTO desk_audit (at, what, who) VALUES ({at}, {what}, 'portal');")
}

/// Puts what is not there yet, and never over something. How many that were.
fn put(
    storage: &Storage,
    backup: &Backup,
    target: &Target,
    namespace: Namespace,
    now: Instant,
    progress: &mut Progress,
) -> Result<usize> {
    let there = &target.keys[namespace.binding()];
    let due: Vec<_> = backup
        .manifest
        .entries(namespace)
        .iter()
        .filter(|entry| !there.contains(&entry.key))
        .filter(|entry| entry.expiration.is_none_or(|at| at >= now.0 + MIN_LIFE_SECONDS))
        .collect();
    let paths: Vec<_> = due.iter().map(|entry| backup.file(&entry.file)).collect();
    let mut pairs = Vec::new();
    for (entry, path) in due.iter().zip(&paths) {
        pairs.push(Pair {
            key: &entry.key,
            bytes: None,
            path,
            size: entry.size,
            metadata: entry.metadata.clone(),
            expiration: entry.expiration,
        });
    }
    if namespace == Namespace::Inbox {
        waiting::without_what_was_erased(storage, &mut pairs, progress)?;
    }
    if !pairs.is_empty() {
        storage.put(namespace, &pairs, progress)?;
    }
    Ok(pairs.len())
}
