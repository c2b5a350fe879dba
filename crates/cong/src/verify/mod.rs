//! `cong verify`: verifies downloaded ledgers of consultations, without the portal and without a network.

mod english;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write as _, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use cong_core::ledger::{
    EntryKind, Hash, LedgerField, LedgerPlace, LedgerProblem, LedgerReport, RemovalRequester,
    ValueRemoval, ValueState, Verifier, compare,
};
use cong_core::vietnamese::{Timestamp, grouped};

use crate::language::{Language, cannot_read, say};

#[derive(Args)]
pub struct VerifyOptions {
    /// A folder with exports of ledgers (*.jsonl, downloaded from /du-thao/…/so-cai.jsonl), or one such file. Several
    /// exports of one ledger are compared with each other.
    folder: PathBuf,
    /// A chain value that you noted earlier, from the page of a ledger or from a receipt; one of the ledgers must
    /// contain it. May be repeated.
    #[arg(long = "chain", value_name = "HEX", value_parser = hash)]
    chains: Vec<Hash>,
}

struct Checked {
    file: String,
    report: LedgerReport,
}

/// Verifies the exports and prints the result.
///
/// # Errors
/// A file cannot be read, or the ledgers have problems.
pub fn run(options: &VerifyOptions) -> Result<()> {
    let mut records: BTreeMap<Option<String>, Vec<Checked>> = BTreeMap::new();
    for path in exports(&options.folder)? {
        let report = check(&path)?;
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        records.entry(report.draft.clone()).or_default().push(Checked { file, report });
    }
    let mut text = String::new();
    let mut problems = 0;
    for record in records.values_mut() {
        record.sort_by_key(|checked| age(&checked.report));
        problems += describe(record, &mut text)?;
    }
    let newest: Vec<_> = records.values().filter_map(|record| record.last()).collect();
    for chain in &options.chains {
        problems += find_chain(chain, &newest, &mut text)?;
    }
    stdout()
        .write_all(text.as_bytes())
        .with_context(|| say!("Không in ra được kết quả", "The findings cannot be printed"))?;
    ensure!(problems == 0, say!("Có {problems} vấn đề.", "Problems found: {problems}."));
    Ok(())
}

/// The key by which exports of one ledger are sorted by age: the time of the export, then the numbers of its entries
/// and of its sealed days, because two exports can be made within one second.
fn age(report: &LedgerReport) -> (Option<Timestamp>, u64, usize) {
    let sealed: u64 = report.days.iter().map(|day| day.entries.len() as u64).sum();
    (report.exported, sealed + report.unsealed, report.days.len())
}

fn hash(text: &str) -> std::result::Result<Hash, String> {
    text.parse().map_err(|_| {
        say!("phải là 64 chữ số thập lục phân (0-9, a-f)", "not 64 lower-case hexadecimal digits")
    })
}

fn problem_text(problem: &LedgerProblem) -> String {
    Language::current().choose(problem.to_string(), english::problem(problem))
}

fn field_name(field: LedgerField) -> String {
    Language::current().choose(field.to_string(), english::field(field).to_owned())
}

fn place(place: &LedgerPlace) -> String {
    Language::current().choose(place.to_string(), english::place(place))
}

/// The paths of the exports in a folder, sorted by name, or only `path` itself if it is a file.
fn exports(path: &Path) -> Result<Vec<PathBuf>> {
    let cannot_read = || cannot_read(path);
    if !fs::metadata(path).with_context(cannot_read)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(path).with_context(cannot_read)? {
        let path = entry.with_context(cannot_read)?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        bail!(say!(
            "Không có bản xuất (*.jsonl) nào trong {0}",
            "No export (*.jsonl) is in {0}",
            path.display()
        ));
    }
    paths.sort();
    Ok(paths)
}

/// Verifies an export line by line, because it may be too large for memory.
fn check(path: &Path) -> Result<LedgerReport> {
    let cannot_read = || cannot_read(path);
    let file = File::open(path).with_context(cannot_read)?;
    let mut verifier = Verifier::default();
    for line in BufReader::new(file).split(b'\n') {
        verifier.line(&line.with_context(cannot_read)?);
    }
    Ok(verifier.finish())
}

/// Writes a description of the exports of one ledger into `text`. `record` contains these exports, the oldest first.
/// Returns the number of problems found in them.
fn describe(record: &[Checked], text: &mut String) -> Result<usize> {
    let mut problems = 0;
    for Checked { file, report } in record {
        describe_export(file, report, text)?;
        problems += describe_problems(&report.problems, text)?;
        if report.problems.is_empty() {
            let sound = say!("Mọi mục khớp với các lần khóa sổ.", "All entries fit the seals.");
            writeln!(text, "  ✓ {sound}")?;
        }
    }
    for pair in record.windows(2) {
        let [earlier, later] = pair else { continue };
        let changes = compare(&earlier.report, &later.report);
        let (older, newer) = (&earlier.file, &later.file);
        let heading = say!(
            "So {older} với bản xuất sau, {newer}:",
            "{older} beside the later export, {newer}:"
        );
        writeln!(text, "{heading}")?;
        problems += describe_problems(&changes, text)?;
        if changes.is_empty() {
            let sound = say!(
                "Mọi ngày đã khóa sổ trong bản trước còn nguyên trong bản sau.",
                "Every sealed day of the earlier one is unchanged in the later."
            );
            writeln!(text, "  ✓ {sound}")?;
        }
    }
    if let Some(Checked { report, .. }) = record.last() {
        describe_last_seal(report, text)?;
    }
    writeln!(text)?;
    Ok(problems)
}

fn describe_export(file: &str, report: &LedgerReport, text: &mut String) -> Result<()> {
    let unknown = Language::current().choose("không rõ dự thảo", "unknown draft");
    let draft = report.draft.as_deref().unwrap_or(unknown);
    write!(text, "{}", say!("Sổ cái “{draft}”, tệp {file}", "Record “{draft}”, file {file}"))?;
    if let Some(exported) = report.exported.map(|exported| exported.date_time()) {
        write!(text, "{}", say!(", xuất lúc {exported}", ", exported {exported}"))?;
    }
    let [comments, answers, removals] = [EntryKind::Comment, EntryKind::Answer, EntryKind::Removal]
        .map(|kind| grouped(report.count(kind)));
    let (days, unsealed) = (report.days.len(), report.unsealed);
    let entries = say!(
        "{days} ngày đã khóa sổ: {comments} ý kiến, {answers} trả lời, {removals} lần xóa; \
         {unsealed} mục chờ khóa sổ.",
        "Sealed days: {days}, with comments: {comments}, answers: {answers}, removals: {removals}; \
         waiting for a seal: {unsealed}."
    );
    writeln!(text, "\n  {entries}")?;
    let [public, withheld] =
        [ValueState::Public, ValueState::Withheld].map(|kept| grouped(report.values(kept).count()));
    let values = say!(
        "{public} giá trị công khai, đã đối chiếu với mã băm; {withheld} giá trị không công khai.",
        "Public values, compared with their hashes: {public}; values not public: {withheld}."
    );
    writeln!(text, "  {values}")?;
    for ValueRemoval { from, field, at, reason } in &report.removals {
        let by = match reason {
            RemovalRequester::Sender => say!("theo yêu cầu của người gửi", "at the sender's wish"),
            RemovalRequester::Office => say!("theo yêu cầu của cơ quan", "at the office's wish"),
        };
        let (at, field, from) =
            (at.date_time(), field_name(*field), place(&LedgerPlace::Entry(from.clone())));
        let removed = say!(
            "Đã xóa {by}, lúc {at}: {field} của {from}.",
            "Removed {by}, {at}: {field} of {from}."
        );
        writeln!(text, "  · {removed}")?;
    }
    for (from, field) in report.values(ValueState::RemovalWaits) {
        let (field, from) = (field_name(field), place(&LedgerPlace::Entry(from.clone())));
        let removed = say!(
            "Đã xóa, việc xóa chờ khóa sổ: {field} của {from}.",
            "Removed, and the removal waits for a seal: {field} of {from}."
        );
        writeln!(text, "  · {removed}")?;
    }
    Ok(())
}

fn describe_problems(problems: &[LedgerProblem], text: &mut String) -> Result<usize> {
    for problem in problems {
        writeln!(text, "  ✗ {}.", problem_text(problem))?;
    }
    Ok(problems.len())
}

fn describe_last_seal(report: &LedgerReport, text: &mut String) -> Result<()> {
    let Some(seal) = report.last_seal() else {
        writeln!(text, "{}", say!("Chưa có ngày nào khóa sổ.", "No day is sealed yet."))?;
        return Ok(());
    };
    let page = report.draft.as_ref().map(|draft| format!("/du-thao/{draft}/so-cai"));
    let page = page.unwrap_or_else(|| say!("công bố", "of the record"));
    let (day, root, chain) = (place(&LedgerPlace::Day(seal.day)), seal.root, seal.chain);
    let last = say!(
        "Lần khóa sổ cuối, {day}; đối chiếu với trang {page} hoặc với mã đã ghi lại trước đây:\n  \
         mã gốc   {root}\n  mã chuỗi {chain}",
        "The last seal, {day}; compare it with the page {page} or with values noted earlier:\n  \
         root  {root}\n  chain {chain}"
    );
    writeln!(text, "{last}")?;
    Ok(())
}

/// Searches the newest export of each ledger for `chain`, a chain value that the user noted earlier, and writes the
/// result into `text`. Returns the number of problems: 1 if no ledger contains the value.
fn find_chain(chain: &Hash, newest: &[&Checked], text: &mut String) -> Result<usize> {
    let seals = newest.iter().flat_map(|checked| {
        checked.report.days.iter().map(|day| (checked.file.as_str(), &day.seal))
    });
    let found = seals.into_iter().find(|(_, seal)| seal.chain == *chain);
    let Some((file, seal)) = found else {
        let missing = say!(
            "Mã chuỗi {chain} không có trong sổ: phần sổ tới lúc ghi mã đã bị thay đổi, hoặc \
             mã là của sổ khác.",
            "The chain value {chain} is not in the record: what was in it when the value was noted \
             has been altered, or the value is of another record."
        );
        writeln!(text, "✗ {missing}")?;
        return Ok(1);
    };
    let day = place(&LedgerPlace::Day(seal.day));
    let found = say!(
        "Mã chuỗi {chain} là của {day}, tệp {file}.",
        "The chain value {chain} is that of {day}, file {file}."
    );
    writeln!(text, "✓ {found}")?;
    Ok(0)
}
