//! `cong verify`: checks the record of consultations as it was downloaded, without the portal and
//! without a network.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write as _, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use cong::consultation::ledger::{
    Asked, Hash, Kept, Kind, Place, Problem, Removed, Report, Verifier, compare,
};
use cong::vietnamese::grouped;

#[derive(Args)]
pub struct Options {
    /// A folder with exports of records (*.jsonl, downloaded from /du-thao/…/so-cai.jsonl), or one
    /// such file. Several exports of one record are compared.
    folder: PathBuf,
    /// A chain value noted earlier, from the page of the record or a receipt, that must be in one of
    /// the records. May be repeated.
    #[arg(long = "chain", value_name = "HEX")]
    chains: Vec<Hash>,
}

/// An export that was checked.
struct Checked {
    file: String,
    report: Report,
}

/// Prints what it finds, in Vietnamese: it is for whoever wrote to a Vietnamese office.
///
/// # Errors
/// Something cannot be read, or the records have problems.
pub fn run(options: &Options) -> Result<()> {
    let mut records: BTreeMap<Option<String>, Vec<Checked>> = BTreeMap::new();
    for path in exports(&options.folder)? {
        let report = check(&path)?;
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        records.entry(report.draft.clone()).or_default().push(Checked { file, report });
    }
    let mut text = String::new();
    let mut problems = 0;
    for record in records.values_mut() {
        record.sort_by_key(|checked| checked.report.exported);
        problems += describe(record, &mut text)?;
    }
    let newest: Vec<_> = records.values().filter_map(|record| record.last()).collect();
    for chain in &options.chains {
        problems += find_chain(chain, &newest, &mut text)?;
    }
    stdout().write_all(text.as_bytes()).context("The findings cannot be printed")?;
    ensure!(problems == 0, "Có {problems} vấn đề.");
    Ok(())
}

/// The exports in a folder, by name, or the one file that is given.
fn exports(path: &Path) -> Result<Vec<PathBuf>> {
    let cannot_read = || format!("{} cannot be read", path.display());
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
        bail!("No export (*.jsonl) is in {}", path.display());
    }
    paths.sort();
    Ok(paths)
}

/// Line by line: an export may be larger than what one wants to hold.
fn check(path: &Path) -> Result<Report> {
    let cannot_read = || format!("{} cannot be read", path.display());
    let file = File::open(path).with_context(cannot_read)?;
    let mut verifier = Verifier::default();
    for line in BufReader::new(file).split(b'\n') {
        verifier.line(&line.with_context(cannot_read)?);
    }
    Ok(verifier.finish())
}

/// Says what is in the exports of one record, the oldest first, and how many problems there are.
fn describe(record: &[Checked], text: &mut String) -> Result<usize> {
    let mut problems = 0;
    for Checked { file, report } in record {
        describe_export(file, report, text)?;
        problems += describe_problems(&report.problems, text)?;
        if report.problems.is_empty() {
            writeln!(text, "  ✓ Mọi mục khớp với các lần khóa sổ.")?;
        }
    }
    for pair in record.windows(2) {
        let [earlier, later] = pair else { continue };
        let changes = compare(&earlier.report, &later.report);
        writeln!(text, "So {} với bản xuất sau, {}:", earlier.file, later.file)?;
        problems += describe_problems(&changes, text)?;
        if changes.is_empty() {
            writeln!(text, "  ✓ Mọi ngày đã khóa sổ trong bản trước còn nguyên trong bản sau.")?;
        }
    }
    if let Some(Checked { report, .. }) = record.last() {
        describe_last_seal(report, text)?;
    }
    writeln!(text)?;
    Ok(problems)
}

fn describe_export(file: &str, report: &Report, text: &mut String) -> Result<()> {
    let draft = report.draft.as_deref().unwrap_or("không rõ dự thảo");
    write!(text, "Sổ cái “{draft}”, tệp {file}")?;
    if let Some(exported) = report.exported {
        write!(text, ", xuất lúc {}", exported.date_time())?;
    }
    let [comments, answers, removals] =
        [Kind::Comment, Kind::Answer, Kind::Removal].map(|kind| grouped(report.count(kind)));
    let (days, unsealed) = (report.days.len(), report.unsealed);
    writeln!(
        text,
        "\n  {days} ngày đã khóa sổ: {comments} ý kiến, {answers} trả lời, {removals} lần xóa; \
         {unsealed} mục chờ khóa sổ."
    )?;
    let [public, withheld] =
        [Kept::Public, Kept::Withheld].map(|kept| grouped(report.values(kept).count()));
    writeln!(
        text,
        "  {public} giá trị công khai, đã đối chiếu với mã băm; {withheld} giá trị không công khai."
    )?;
    for Removed { from, field, at, reason } in &report.removals {
        let asked = match reason {
            Asked::Sender => "theo yêu cầu của người gửi",
            Asked::Office => "theo yêu cầu của cơ quan",
        };
        writeln!(text, "  · Đã xóa {asked}, lúc {}: {field} của {from}.", at.date_time())?;
    }
    for (from, field) in report.values(Kept::RemovalWaits) {
        writeln!(text, "  · Đã xóa, việc xóa chờ khóa sổ: {field} của {from}.")?;
    }
    Ok(())
}

fn describe_problems(problems: &[Problem], text: &mut String) -> Result<usize> {
    for problem in problems {
        writeln!(text, "  ✗ {problem}.")?;
    }
    Ok(problems.len())
}

fn describe_last_seal(report: &Report, text: &mut String) -> Result<()> {
    let Some(seal) = report.last_seal() else {
        writeln!(text, "Chưa có ngày nào khóa sổ.")?;
        return Ok(());
    };
    let page = report.draft.as_ref().map(|draft| format!("/du-thao/{draft}/so-cai"));
    writeln!(
        text,
        "Lần khóa sổ cuối, {}; đối chiếu với trang {} hoặc với mã đã ghi lại trước đây:\n  \
         mã gốc   {}\n  mã chuỗi {}",
        Place::Day(seal.day),
        page.as_deref().unwrap_or("công bố"),
        seal.root,
        seal.chain
    )?;
    Ok(())
}

/// Looks for a noted chain value in the newest export of each record.
fn find_chain(chain: &Hash, newest: &[&Checked], text: &mut String) -> Result<usize> {
    let seals = newest.iter().flat_map(|checked| {
        checked.report.days.iter().map(|day| (checked.file.as_str(), &day.seal))
    });
    let found = seals.into_iter().find(|(_, seal)| seal.chain == *chain);
    let Some((file, seal)) = found else {
        writeln!(
            text,
            "✗ Mã chuỗi {chain} không có trong sổ: phần sổ tới lúc ghi mã đã bị thay đổi, hoặc \
             mã là của sổ khác."
        )?;
        return Ok(1);
    };
    writeln!(text, "✓ Mã chuỗi {chain} là của {}, tệp {file}.", Place::Day(seal.day))?;
    Ok(0)
}
